package dev.tillbridge.sandbox.dev;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.tillbridge.sandbox.catalog.StockRow;

/**
 * How far the till follows the shop, told from the vendors' books alone.
 *
 * @param linked tracked variants whose SKU is unique on both sides
 * @param inStep of these, whose till quantity is {@code max(0, available - safety stock)}
 */
record StockProgress(int linked, int inStep) {

    static StockProgress of(List<StockRow> shop, List<StockRow> till, int safetyStock) {
        Map<String, StockRow> items = unique(till);
        int linked = 0;
        int inStep = 0;
        for (StockRow variant : unique(shop).values()) {
            StockRow item = items.get(variant.sku());
            if (item == null || variant.quantity() == null) {
                continue;
            }
            linked++;
            BigDecimal target = variant.quantity().subtract(BigDecimal.valueOf(safetyStock)).max(BigDecimal.ZERO);
            if (item.quantity() != null && item.quantity().compareTo(target) == 0) {
                inStep++;
            }
        }
        return new StockProgress(linked, inStep);
    }

    private static Map<String, StockRow> unique(List<StockRow> rows) {
        Map<String, Long> counts = rows.stream().filter(row -> row.sku() != null).map(StockRow::sku)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<String, StockRow> unique = new HashMap<>();
        rows.stream().filter(row -> row.sku() != null && counts.get(row.sku()) == 1).forEach(row -> unique.put(row.sku(), row));
        return unique;
    }
}
