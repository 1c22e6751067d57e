package dev.tillbridge.testing;

import java.math.BigDecimal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What both books of the sandbox say under one SKU.
 *
 * @param shop available in the shop; null if untracked
 * @param till quantity on the till; null if never set
 * @param itemId null where the till has no such item
 */
public record StockPair(String sku, BigDecimal shop, BigDecimal till, String itemId) {

    static StockPair of(JsonNode row) {
        return new StockPair(text(row, "sku"), number(row, "shopify"), number(row, "clover"), text(row, "itemId"));
    }

    /** Whether it links by SKU and follows the shop; SKUs are unique where the catalogue is seeded without duplicates. */
    public boolean follows() {
        return sku != null && shop != null && itemId != null;
    }

    /** Whether the till shows {@code max(0, shop - safety stock)}. */
    public boolean inStep(int safetyStock) {
        BigDecimal target = shop.subtract(BigDecimal.valueOf(safetyStock)).max(BigDecimal.ZERO);
        return till != null && till.compareTo(target) == 0;
    }

    private static String text(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.get(field).asText() : null;
    }

    private static BigDecimal number(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.get(field).decimalValue() : null;
    }
}
