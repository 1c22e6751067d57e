package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * The 90 days to which lists of orders and payments are cut, without a sign: where createdTime is not bounded to 90 days or less,
 * only the latest 90 days are given. Clover: docs.clover.com/dev/changelog/clover-api-updates-july-2023; the fields it is tied
 * to: docs.clover.com/docs/applying-filters.
 *
 * @param from epoch milliseconds; older rows are cut off
 */
record SaleWindow(long from) {

    static final long LONGEST_MS = 90L * 24 * 3_600_000;
    private static final long MINUTE_MS = 60_000;
    private static final Set<String> TIED = Set.of("deletedTime", "externalReferenceId", "total", "payType", "title", "note",
            "state", "manualTransaction", "testMode");

    /** Nothing is cut. */
    static final SaleWindow NONE = new SaleWindow(Long.MIN_VALUE);

    /**
     * @param othersCut whether lists that are filtered by none of the tied fields are cut as well
     * @param now epoch milliseconds; the window moves by whole minutes
     */
    static SaleWindow of(List<Filter> filters, boolean othersCut, long now) {
        long latest = now / MINUTE_MS * MINUTE_MS - LONGEST_MS;
        List<Filter> created = filters.stream().filter(filter -> filter.field().equals("createdTime")).toList();
        if (created.isEmpty()) {
            boolean tied = filters.isEmpty() || filters.stream().anyMatch(filter -> TIED.contains(filter.field()));
            return tied || othersCut ? new SaleWindow(latest) : NONE;
        }
        long lower = bound(created, Set.of(">", ">=", "="), Long.MIN_VALUE);
        long upper = bound(created, Set.of("<", "<=", "="), now);
        boolean narrow = lower != Long.MIN_VALUE && upper - lower <= LONGEST_MS;
        return narrow || lower >= latest ? NONE : new SaleWindow(latest);
    }

    boolean holds(SaleRow row) {
        return row.createdTime >= from;
    }

    private static long bound(List<Filter> filters, Set<String> operators, long fallback) {
        long bound = fallback;
        for (Filter filter : filters) {
            if (operators.contains(filter.operator())) {
                bound = time(filter.values().get(0));
            }
        }
        return bound;
    }

    private static long time(String value) {
        try {
            return new BigDecimal(value).longValue();
        } catch (NumberFormatException e) {
            throw CloverError.badRequest("Invalid filter value for createdTime: " + value);
        }
    }
}
