package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tillbridge.channel.StockReading;

/**
 * What follows from reading a chunk of due items: no I/O.
 *
 * @param decided the items the till still has, each with its reading and decision
 * @param missing items the till did not answer for; whether they are gone is for the scan to say, which looks twice
 */
record ChunkPlan(List<Decided> decided, List<DueItem> missing) {

    private static final Duration MISSING_RESTS = Duration.ofMinutes(1);

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
        List<DueItem> missing = new ArrayList<>();
        for (DueItem item : due) {
            StockReading reading = byItem.get(item.itemId());
            if (reading == null) {
                missing.add(item);
            } else {
                decided.add(new Decided(item, reading, decide(item, reading, config.recountAfter())));
            }
        }
        return new ChunkPlan(decided, missing);
    }

    /** Whether there is anything to tell of: without, the turn needs no run. */
    boolean tells() {
        return decided.stream().anyMatch(Decided::tells);
    }

    List<StockRepository.State> states(StockConfig config) {
        Stream<StockRepository.State> resting = missing.stream()
                .map(item -> new StockRepository.State(item.itemId(), item.known(), item.failures(), MISSING_RESTS));
        return Stream.concat(resting, decided.stream().map(d -> {
            KnownStock known = d.decision().meanwhile();
            Duration rest = known.unexplainedSince() != null && !d.writes() ? config.recheck() : Duration.ZERO;
            return new StockRepository.State(d.item().itemId(), known, d.item().failures(), rest);
        })).toList();
    }

    List<PlannedWrite> writes(long readAt) {
        return decided.stream().filter(Decided::writes)
                .map(d -> new PlannedWrite(d.item(), d.reading().quantity(), d.decision(), readAt, d.reading().asOf()))
                .toList();
    }

    private static StockDecision decide(DueItem item, StockReading reading, Duration recountAfter) {
        BigDecimal quantity = reading.quantity();
        if (item.target() == null) {
            return StockDecision.leaveAlone(quantity);
        }
        long target = item.target();
        if (item.recount() != null && item.recount().settling("OVERWRITE")) {
            return StockDecision.overwrite(quantity, target);
        }
        return StockDecision.of(item.known(), quantity, target, UnitsSold.NONE, reading.asOf(), recountAfter);
    }
}
