package dev.tillbridge.sync.reconcile;

import jakarta.enterprise.context.ApplicationScoped;

/** Whoever judges a part of what is compared. */
@ApplicationScoped
class Judges {

    private final ReadingJudge readings;
    private final SalesJudge sales;
    private final StrangeOrders strangers;
    private final DayTotals days;
    private final TillJudge tills;

    Judges(ReadingJudge readings, SalesJudge sales, StrangeOrders strangers, DayTotals days, TillJudge tills) {
        this.readings = readings;
        this.sales = sales;
        this.strangers = strangers;
        this.days = days;
        this.tills = tills;
    }

    ReadingJudge readings() {
        return readings;
    }

    SalesJudge sales() {
        return sales;
    }

    StrangeOrders strangers() {
        return strangers;
    }

    DayTotals days() {
        return days;
    }

    TillJudge tills() {
        return tills;
    }
}
