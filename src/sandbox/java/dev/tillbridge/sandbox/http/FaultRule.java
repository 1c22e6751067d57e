package dev.tillbridge.sandbox.http;

import java.util.Random;
import java.util.regex.Pattern;

/**
 * When which fault happens. Its random numbers are its own, so that other rules and calls do not change what it does.
 */
public final class FaultRule {

    private final int id;
    private final String side;
    private final String operation;
    private final Pattern pattern;
    private final FaultKind kind;
    private final Double probability;
    private final Integer nth;
    private final int times;
    private final long latencyMs;
    private final long mostMs;
    private final Random random;
    private int seen;
    private int fired;

    FaultRule(int id, String side, String operation, FaultKind kind, Double probability, Integer nth, int times, long latencyMs,
            long mostMs, long seed) {
        this.id = id;
        this.side = side;
        this.operation = operation;
        this.pattern = Pattern.compile("\\Q" + operation.replace("*", "\\E.*\\Q") + "\\E");
        this.kind = kind;
        this.probability = probability;
        this.nth = nth;
        this.times = times;
        this.latencyMs = latencyMs;
        this.mostMs = Math.max(latencyMs, mostMs);
        this.random = new Random(seed * 31 + id);
    }

    /** Whether the rule strikes this call; counts it. */
    boolean strikes(String calledSide, String calledOperation) {
        if (!side.equals(calledSide) || !pattern.matcher(calledOperation).matches()) {
            return false;
        }
        seen++;
        boolean struck = nth != null ? seen >= nth : random.nextDouble() < probability;
        if (!struck || fired >= times) {
            return false;
        }
        fired++;
        return true;
    }

    FaultKind kind() {
        return kind;
    }

    long latencyMs() {
        return latencyMs;
    }

    /** From latencyMs to mostMs, by chance. */
    long drawnMs() {
        return latencyMs + (mostMs == latencyMs ? 0 : (long) (random.nextDouble() * (mostMs - latencyMs + 1)));
    }

    /** The rule as the control API shows it. */
    public View view() {
        return new View(id, side, operation, kind, probability, nth, times == Integer.MAX_VALUE ? null : times, latencyMs,
                mostMs, seen, fired);
    }

    /**
     * @param times null without bound
     * @param seen calls that matched side and operation
     * @param fired calls that were struck
     */
    public record View(int id, String side, String operation, FaultKind kind, Double probability, Integer nth, Integer times,
            long latencyMs, long mostMs, int seen, int fired) {}
}
