package dev.tillbridge.sandbox.shopify;

/** The stock of an inventory item at a location; the numbers live in the location. */
record LevelRow(LocationRow location, VariantRow variant) {}
