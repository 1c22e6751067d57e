package dev.tillbridge.clover;

/** A page of {@code GET items}; {@code filter} and {@code offset} may be null. */
record ItemQuery(String filter, String orderBy, int limit, Integer offset) {}
