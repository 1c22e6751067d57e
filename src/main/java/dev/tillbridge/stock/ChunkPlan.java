package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.tillbridge.channel.StockReading;

/**
 * What follows from reading a chunk of due items: no I/O.
 *
 * @param decided the items the till still has, each with its reading and decision
 * @param gone items the till no longer has
 */
record ChunkPlan(List<Decided> decided, List<String> gone) {

    record Decided(DueItem item, StockReading reading, StockDecision decision) {

        boolean writes() {
            return decision.write() != null;
        }

        boolean tells() {
            return writes() || decision.foundDone() || decision.verdict() == StockDecision.Verdict.RECOUNT
                    || decision.verdict() == StockDecision.Verdict.RECOUNT_VANISHED;
        }
    }

    static ChunkPlan of(List<DueItem> due, List<StockReading> readings, StockConfig config) {
        Map<String, StockReading> byItem = readings.stream()
                .collect(Collectors.toMap(StockReading::itemId, reading -> reading, (first, second) -> second));
        List<Decided> decided = new ArrayList<>(due.size());
        List<String> gone = new ArrayList<>();
        for (DueItem item : due) {
            StockReading reading = byItem.get(item.itemId());
            if (reading == null) {
                gone.add(item.itemId());
            } else {
                decided.add(new Decided(item, reading, decide(item, reading, config.recountAfter())));
            }
        }
        return new ChunkPlan(decided, gone);
    }

    /** Whether there is anything to tell of: without, the turn needs no run. */
    boolean tells() {
        return !gone.isEmpty() || decided.stream().anyMatch(Decided::tells);
    }

    List<StockRepository.State> states(StockConfig config) {
        return decided.stream().map(d -> {
            KnownStock known = d.decision().meanwhile();
            Duration rest = known.unexplainedSince() != null && !d.writes() ? config.recheck() : Duration.ZERO;
            return new StockRepository.State(d.item().itemId(), known, d.item().failures(), rest);
        }).toList();
    }

    List<PlannedWrite> writes(long readAt) {
        return decided.stream().filter(Decided::writes)
                .map(d -> new PlannedWrite(d.item(), d.reading().quantity(), d.decision(), readAt, d.reading().asOf()))
                .toList();
    }

    private static StockDecision decide(DueItem item, StockReading reading, Duration recountAfter) {
        BigDecimal quantity = reading.quantity();
        long target = item.target() == null ? 0 : item.target();
        if (item.recount() != null && item.recount().settling("OVERWRITE") && item.target() != null) {
            return StockDecision.overwrite(quantity, target);
        }
        return StockDecision.of(item.known(), quantity, target, UnitsSold.NONE, reading.asOf(), recountAfter);
    }
}
