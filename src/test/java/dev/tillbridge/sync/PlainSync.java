package dev.tillbridge.sync;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.tillbridge.sync.Trade.Asked;
import dev.tillbridge.sync.Trade.Side;

/**
 * What a sync does that overwrites: each pass copies the store's stock onto the till, whatever was sold there meanwhile, and
 * then writes the till's sales into the store. Its passes take no time and never fail, which favours it.
 */
final class PlainSync {

    private final Map<String, Integer> store;
    private final Map<String, Integer> till;
    private final Map<String, Integer> unwritten = new HashMap<>();
    private final Duration every;
    private Duration next;

    PlainSync(Map<String, Integer> stock, Duration every) {
        this.store = new HashMap<>(stock);
        this.till = new HashMap<>(stock);
        this.every = every;
        this.next = every;
    }

    /** The same buyers at the same times. */
    static TradeLedger ledger(Trade trade, Duration every) {
        var sync = new PlainSync(trade.stock(), every);
        var ledger = new TradeLedger(trade.stock());
        for (Asked buyer : trade.asked()) {
            if (sync.sells(buyer)) {
                ledger.sold(buyer);
            } else {
                ledger.refused(buyer);
            }
        }
        return ledger;
    }

    private boolean sells(Asked buyer) {
        while (next.compareTo(buyer.at()) <= 0) {
            pass();
            next = next.plus(every);
        }
        Map<String, Integer> shown = buyer.side() == Side.TILL ? till : store;
        if (shown.get(buyer.sku()) < buyer.units()) {
            return false;
        }
        shown.merge(buyer.sku(), -buyer.units(), Integer::sum);
        if (buyer.side() == Side.TILL) {
            unwritten.merge(buyer.sku(), buyer.units(), Integer::sum);
        }
        return true;
    }

    private void pass() {
        till.replaceAll((sku, shown) -> Math.max(0, store.get(sku)));
        unwritten.forEach((sku, units) -> store.merge(sku, -units, Integer::sum));
        unwritten.clear();
    }
}
