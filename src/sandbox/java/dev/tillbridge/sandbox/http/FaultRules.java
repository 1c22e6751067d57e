package dev.tillbridge.sandbox.http;

import java.util.ArrayList;
import java.util.List;

/** The fault rules in force. The same seed and the same calls meet the same faults. */
public final class FaultRules {

    private final long seed;
    private final List<FaultRule> rules = new ArrayList<>();
    private int lastId;

    public FaultRules(long seed) {
        this.seed = seed;
    }

    /**
     * Adds a rule.
     *
     * @param operation name, {@code *} stands for anything: {@code item_stocks.*}
     * @param probability of each matching call, 0 to 1; null with {@code nth}
     * @param nth the first matching call struck, counted from 1; null with {@code probability}
     * @param times how many calls are struck at most; null is 1 with {@code nth}, else without bound
     * @param latencyMs delay before the fault; of {@code LATENCY_AFTER} before the answer
     * @param mostMs of {@code WEBHOOK_DELAYED} the longest delay; less than {@code latencyMs} for one that is always the same
     * @param ruleSeed of the rule's random numbers; null takes the sandbox's
     */
    public FaultRule add(String side, String operation, FaultKind kind, Double probability, Integer nth, Integer times,
            long latencyMs, long mostMs, Long ruleSeed) {
        int bound = times != null ? times : nth != null ? 1 : Integer.MAX_VALUE;
        Double chance = nth == null && probability == null ? Double.valueOf(1) : probability;
        FaultRule rule = new FaultRule(++lastId, side, operation, kind, chance, nth, bound, latencyMs, mostMs,
                ruleSeed == null ? seed : ruleSeed);
        rules.add(rule);
        return rule;
    }

    /** What this call meets: delays of all rules that strike add up, the first one with a fault decides which. */
    Verdict verdict(String side, String operation) {
        long latency = 0;
        long answerLatency = 0;
        FaultKind kind = null;
        for (FaultRule rule : rules) {
            // Once a fault is decided later ones are not asked, else they would be used up without being seen.
            if (!rule.kind().ofWebhooks() && (kind == null || rule.kind() == FaultKind.LATENCY)
                    && rule.strikes(side, operation)) {
                latency += rule.kind() == FaultKind.LATENCY_AFTER ? 0 : rule.latencyMs();
                answerLatency += rule.kind() == FaultKind.LATENCY_AFTER ? rule.latencyMs() : 0;
                kind = kind == null && rule.kind() != FaultKind.LATENCY ? rule.kind() : kind;
            }
        }
        return new Verdict(latency, answerLatency, kind);
    }

    /** What this webhook meets; a lost one meets nothing else. */
    public WebhookVerdict webhook(String side, String topic) {
        WebhookVerdict verdict = WebhookVerdict.NONE;
        for (FaultRule rule : rules) {
            if (rule.kind().ofWebhooks() && !verdict.lost() && rule.strikes(side, topic)) {
                verdict = switch (rule.kind()) {
                    case WEBHOOK_LOST -> new WebhookVerdict(true, false, false, 0);
                    case WEBHOOK_DOUBLED -> new WebhookVerdict(false, true, verdict.reordered, verdict.delayMs);
                    case WEBHOOK_REORDERED -> new WebhookVerdict(false, verdict.doubled, true, verdict.delayMs);
                    default -> new WebhookVerdict(false, verdict.doubled, verdict.reordered,
                            verdict.delayMs + rule.drawnMs());
                };
            }
        }
        return verdict;
    }

    public List<FaultRule.View> all() {
        return rules.stream().map(FaultRule::view).toList();
    }

    /** Removes all rules; the next one is the first again, so a repeated run is the same run. */
    public void clear() {
        rules.clear();
        lastId = 0;
    }

    /**
     * @param latencyMs delay before the call is done, {@code answerLatencyMs}: before it is answered
     * @param kind null for none
     */
    record Verdict(long latencyMs, long answerLatencyMs, FaultKind kind) {}

    /** @param delayMs 0 for none */
    public record WebhookVerdict(boolean lost, boolean doubled, boolean reordered, long delayMs) {

        static final WebhookVerdict NONE = new WebhookVerdict(false, false, false, 0);
    }
}
