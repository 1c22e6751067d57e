package dev.tillbridge.sandbox.catalog;

import java.math.BigDecimal;

/**
 * Stock as one side holds it.
 *
 * @param sku null where missing
 * @param id of the variant or item
 * @param quantity null where untracked (Shopify) or never set (Clover)
 */
public record StockRow(String sku, String id, BigDecimal quantity) {}
