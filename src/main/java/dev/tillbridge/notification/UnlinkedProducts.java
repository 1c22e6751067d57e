package dev.tillbridge.notification;

import java.time.Instant;
import java.util.List;

/**
 * Products of the store that have no counterpart on the till.
 *
 * @param fresh how many of them no digest has told of
 * @param all how many there are
 * @param first the first of the fresh ones
 * @param until the latest moment that was looked at; null where products are not looked at
 */
record UnlinkedProducts(long fresh, long all, List<Product> first, Instant until) {

    static final UnlinkedProducts NONE = new UnlinkedProducts(0, 0, List.of(), null);

    /** @param sku null where it has none */
    record Product(String title, String sku, String reason) {}
}
