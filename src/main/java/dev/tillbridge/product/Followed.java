package dev.tillbridge.product;

import java.time.Instant;

/**
 * A linked item that differs from what the store has, or whose variant changed.
 *
 * @param made whether Tillbridge made it: then it is kept as the store has it, else only what the store changed reaches it
 * @param grouped whether the till names it itself
 * @param store what the store says now; its {@code hidden} is null where the product's status is not known here
 * @param till what the till was seen to hold
 * @param asOf when the store said so
 * @param changed which of it the store changed since the item was last brought in step, or first seen
 */
record Followed(String itemId, String variantId, boolean made, boolean grouped, Side store, Side till, Changed changed,
        int failures, Instant asOf) {

    record Side(String name, String sku, String code, Boolean hidden) {}

    record Changed(boolean name, boolean sku, boolean code, boolean hidden) {}
}
