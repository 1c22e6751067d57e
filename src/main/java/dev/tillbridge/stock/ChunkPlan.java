package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tillbridge.channel.StockReading;

/**
 * What follows from reading a chunk of due items: no I/O.
 *
 * @param decided the items the till still has, each with its reading and decision
 * @param missing items the till did not answer for; whether they are gone is for the scan to say, which looks twice
 * @param lowers what the readings show of whether sales lower the till's stock; null where they show nothing
 */
record ChunkPlan(List<Decided> decided, List<DueItem> missing, Boolean lowers) {

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

    /** @param lowers whether sales are known to lower the till's stock by themselves */
    static ChunkPlan of(List<DueItem> due, List<StockReading> readings, SoldUnitsRepository.Sold sold, boolean lowers,
            StockConfig config) {
        Map<String, StockReading> byItem = readings.stream()
                .collect(Collectors.toMap(StockReading::itemId, reading -> reading, (first, second) -> second));
        List<Decided> decided = new ArrayList<>(due.size());
        List<DueItem> missing = new ArrayList<>();
        for (DueItem item : due) {
            StockReading reading = byItem.get(item.itemId());
            if (reading == null) {
                missing.add(item);
            } else {
                decided.add(new Decided(item, reading,
                        decide(item, reading, sold.of(item.itemId()).range(lowers), config.recountAfter())));
            }
        }
        return new ChunkPlan(decided, missing, shown(decided, sold));
    }

    /** Whether sales not found yet may be what is behind a reading. */
    boolean doubts() {
        return decided.stream().map(d -> d.decision().verdict())
                .anyMatch(verdict -> verdict == StockDecision.Verdict.UNEXPLAINED || verdict == StockDecision.Verdict.RECOUNT);
    }

    /** Whether there is anything to tell of: without, the turn needs no run. */
    boolean tells() {
        return decided.stream().anyMatch(Decided::tells);
    }

    List<StockRepository.State> states(StockConfig config) {
        Stream<StockRepository.State> resting = missing.stream()
                .map(item -> new StockRepository.State(item.itemId(), item.known(), item.seen().at(), item.failures(),
                        MISSING_RESTS));
        return Stream.concat(resting, decided.stream().map(d -> {
            KnownStock known = d.decision().meanwhile();
            Duration rest = known.unexplainedSince() != null && !d.writes() ? config.recheck() : Duration.ZERO;
            return new StockRepository.State(d.item().itemId(), known, d.reading().asOf(), d.item().failures(), rest);
        })).toList();
    }

    List<PlannedWrite> writes(long readAt) {
        return decided.stream().filter(Decided::writes)
                .map(d -> new PlannedWrite(d.item(), d.reading().quantity(), d.decision(), readAt, d.reading().asOf()))
                .toList();
    }

    /** A till that was seen to lower its stock once does so: another item's quantity may have been restored by a person. */
    private static Boolean shown(List<Decided> decided, SoldUnitsRepository.Sold sold) {
        Set<Boolean> shown = decided.stream()
                .flatMap(d -> sold.of(d.item().itemId()).lowers(d.item().known(), d.reading().quantity()).stream())
                .collect(Collectors.toSet());
        return shown.isEmpty() ? null : Boolean.valueOf(shown.contains(true));
    }

    private static StockDecision decide(DueItem item, StockReading reading, UnitsSold sold, Duration recountAfter) {
        BigDecimal quantity = reading.quantity();
        if (item.target() == null) {
            return StockDecision.leaveAlone(quantity, reading.asOf());
        }
        if (item.recount() != null && item.recount().settling("OVERWRITE")) {
            return StockDecision.overwrite(quantity, item.target(), reading.asOf());
        }
        return StockDecision.of(item.known(), quantity, item.target(), sold, reading.asOf(), recountAfter);
    }
}
