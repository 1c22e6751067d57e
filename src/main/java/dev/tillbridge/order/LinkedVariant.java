package dev.tillbridge.order;

/** The store's variant that an item of the till is linked to; {@code sku} may be null. */
public record LinkedVariant(String variantId, String sku, String title) {}
