package dev.tillbridge.shopify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** How far a read by pages has got. A page of 250 is the most Shopify gives. */
final class PageCursor {

    private static final int PAGE = 250;
    /** Where a page is found too costly all the same, it is halved down to this. */
    private static final int SMALLEST_PAGE = 25;
    /** Shopify pages no deeper than 25,000 objects (shopify.dev/docs/api/usage/limits). */
    private static final int DEEPEST = 25_000 - PAGE;

    private String filter;
    private String after;
    private int size = PAGE;
    private int depth;
    private boolean more;
    private Instant startedAt;

    PageCursor(String filter) {
        this.filter = filter;
    }

    /** Times quoted and in UTC (shopify.dev/docs/api/usage/search-syntax); whole seconds, rounded down, for it is inclusive. */
    static String since(String field, Instant time) {
        return field + ":>='" + time.truncatedTo(ChronoUnit.SECONDS) + "'";
    }

    /** {@code first}, {@code after} and {@code query} of the next page. */
    Map<String, Object> variables() {
        var variables = new HashMap<String, Object>();
        variables.put("first", size);
        variables.put("after", after);
        variables.put("query", filter);
        return variables;
    }

    void advance(Wire.PageInfo info, int rows, ShopifyOperation operation) {
        if (info.hasNextPage() && (rows == 0 || info.endCursor() == null || info.endCursor().equals(after))) {
            // A page that leads nowhere would be asked for without end.
            throw ShopifyFailures.invalid(operation);
        }
        more = info.hasNextPage();
        after = info.endCursor();
        depth += rows;
    }

    /** Whether a page was read already. */
    boolean begun() {
        return after != null;
    }

    boolean more() {
        return more;
    }

    /** Whether the next page is deeper than Shopify's pages go. */
    boolean tooDeep() {
        return more && depth > DEEPEST;
    }

    /** Whether this is the filter it reads by already. */
    boolean reads(String with) {
        return filter.equals(with);
    }

    /** Goes on with the first page of another filter. */
    void restart(String with) {
        filter = with;
        after = null;
        depth = 0;
    }

    /** Asks for smaller pages; false where they are as small as they get. */
    boolean shrink() {
        if (size <= SMALLEST_PAGE) {
            return false;
        }
        size = Math.max(SMALLEST_PAGE, size / 2);
        return true;
    }

    /** The shop's time when it answered the first page. */
    Instant startedAt(GraphqlAnswer answer) {
        if (startedAt == null) {
            startedAt = answer.vendorTime();
        }
        return startedAt;
    }
}
