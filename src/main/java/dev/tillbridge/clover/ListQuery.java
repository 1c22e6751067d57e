package dev.tillbridge.clover;

import java.util.List;

/** A page of one of Clover's lists; filters all hold at once and may be none, {@code orderBy} and {@code offset} may be null. */
record ListQuery(List<String> filters, String orderBy, int limit, Integer offset) {

    ListQuery {
        filters = List.copyOf(filters);
    }
}
