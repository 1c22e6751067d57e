package dev.tillbridge.sandbox.shopify;

/** The inventory item of a variant, one to one. */
record ItemRow(VariantRow variant) {}
