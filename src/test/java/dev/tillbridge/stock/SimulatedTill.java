package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One item on a till with its sales, as far as the stock rules see them: when the till's quantity moves, and when the sales
 * behind it are found. No time passes but by {@link #pass}.
 */
final class SimulatedTill {

    static final Duration SKEW = Duration.ofMinutes(2);

    enum Lowers {
        OPENED,
        PAID,
        NEVER
    }

    /** A sale's row as order sync stores it; what was not found yet is {@code hidden}. */
    private static final class Row {
        final Instant createdAt;
        final int units;
        Instant seenAt;
        Instant movedAt;
        Instant paidAt;
        Instant returnedAt;
        boolean unpaid = true;
        int returned;

        Row(Instant createdAt, int units) {
            this.createdAt = createdAt;
            this.units = units;
        }
    }

    private record Finding(Instant at, Runnable store) {}

    private final Lowers lowers;
    private final boolean restocks;
    private final Duration clockOff;
    private final List<Row> rows = new ArrayList<>();
    private final List<Finding> hidden = new ArrayList<>();
    Instant now;
    int quantity;
    int available;

    SimulatedTill(Lowers lowers, boolean restocks, Duration clockOff, Instant start, int available) {
        this.lowers = lowers;
        this.restocks = restocks;
        this.clockOff = clockOff;
        this.now = start;
        this.quantity = available;
        this.available = available;
    }

    /** @param foundAfter how long order sync does not see it */
    void open(int units, Duration foundAfter) {
        Row row = new Row(now.plus(clockOff), units);
        rows.add(row);
        if (lowers == Lowers.OPENED) {
            quantity -= units;
        }
        find(foundAfter, () -> {
            row.seenAt = row.seenAt == null ? now : row.seenAt;
            row.movedAt = now;
        });
    }

    /** Pays for the oldest open sale. */
    void pay(Duration foundAfter) {
        rows.stream().filter(row -> row.paidAt == null).findFirst().ifPresent(row -> {
            row.paidAt = now.plus(clockOff);
            if (lowers == Lowers.PAID) {
                quantity -= row.units;
            }
            find(foundAfter, () -> {
                row.seenAt = row.seenAt == null ? now : row.seenAt;
                row.movedAt = now;
                row.unpaid = false;
            });
        });
    }

    /** Gives back the oldest sale that was paid for. */
    void refund(Duration foundAfter) {
        rows.stream().filter(row -> row.paidAt != null && row.returned == 0).findFirst().ifPresent(row -> {
            row.returned = row.units;
            quantity += restocks ? row.units : 0;
            find(foundAfter, () -> row.returnedAt = now);
        });
    }

    void pass(Duration time) {
        Instant until = now.plus(time);
        while (hidden.stream().anyMatch(finding -> !finding.at().isAfter(until))) {
            Finding next = hidden.stream().min((one, other) -> one.at().compareTo(other.at())).orElseThrow();
            hidden.remove(next);
            now = next.at().isAfter(now) ? next.at() : now;
            next.store().run();
        }
        now = until;
    }

    boolean allFound() {
        return hidden.isEmpty();
    }

    /** What the store may still sell there by the sales found: unpaid ones are held back, returns are sold again. */
    BigDecimal target() {
        int sold = rows.stream().filter(row -> row.seenAt != null)
                .mapToInt(row -> row.returnedAt == null ? row.units : row.units - row.returned).sum();
        return TargetQuantity.of(true, false, (long) available, 0, BigDecimal.valueOf(sold), null).orElseThrow();
    }

    /** The rule of {@code SoldUnitsRepository}'s statement, row by row. */
    SoldSince soldSince(Instant settledAsOf, Instant untouchedSince, Instant readAt) {
        int moved = 0;
        int paid = 0;
        int returned = 0;
        for (Row row : rows) {
            if (row.seenAt == null) {
                continue;
            }
            if (row.unpaid || row.movedAt.isAfter(settledAsOf)) {
                moved += row.units;
            }
            if (!row.unpaid && row.movedAt.isAfter(settledAsOf) && !row.movedAt.isAfter(readAt)
                    && row.seenAt.isAfter(untouchedSince) && row.createdAt.isAfter(untouchedSince.plus(SKEW))
                    && row.paidAt.isAfter(untouchedSince.plus(SKEW)) && row.paidAt.isBefore(readAt.minus(SKEW))) {
                paid += row.units;
            }
            if (row.returnedAt != null && row.returnedAt.isAfter(settledAsOf)) {
                returned += row.returned;
            }
        }
        return new SoldSince(BigDecimal.valueOf(moved), BigDecimal.valueOf(paid), BigDecimal.valueOf(returned));
    }

    private void find(Duration after, Runnable store) {
        hidden.add(new Finding(now.plus(after), store));
    }
}
