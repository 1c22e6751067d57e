package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;

/** The decisions on a chunk of variants, as the columns of the statements that write them. */
final class Decisions {

    final List<String> linked = new ArrayList<>();
    final List<String> items = new ArrayList<>();
    final List<String> keys = new ArrayList<>();
    final List<String> causes = new ArrayList<>();

    final List<String> unlinked = new ArrayList<>();
    final List<String> statuses = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();

    private int ambiguous;
    private int blocked;

    void add(String variantId, String key, Matching.Decision decision) {
        if (decision instanceof Matching.Link link) {
            linked.add(variantId);
            items.add(link.itemId());
            keys.add(key);
            causes.add(link.reason());
            return;
        }
        String status = "unlinked";
        if (decision instanceof Matching.Ambiguous) {
            status = "ambiguous";
            ambiguous++;
        } else if (decision instanceof Matching.Blocked) {
            status = "blocked";
            blocked++;
        }
        unlinked.add(variantId);
        statuses.add(status);
        reasons.add(decision.reason());
    }

    MatchCounts counts(int made) {
        return new MatchCounts(made, 0, 0, ambiguous, unlinked.size() - ambiguous - blocked, blocked);
    }
}
