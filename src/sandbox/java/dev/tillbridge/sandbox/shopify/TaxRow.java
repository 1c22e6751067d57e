package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tax line; {@code amount} of the whole line, order or shipping. */
record TaxRow(String title, BigDecimal rate, BigDecimal amount) {

    static BigDecimal sum(List<TaxRow> taxes) {
        return taxes.stream().map(TaxRow::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** As TaxLine objects. */
    static List<Map<String, Object>> shown(List<TaxRow> taxes, String currency) {
        return taxes.stream().map(each -> each.shown(currency)).toList();
    }

    private Map<String, Object> shown(String currency) {
        Map<String, Object> shown = new LinkedHashMap<>(8);
        shown.put("title", title);
        shown.put("rate", rate.doubleValue());
        shown.put("ratePercentage", rate.movePointRight(2).doubleValue());
        shown.put("priceSet", Amounts.bag(amount, currency));
        return shown;
    }
}
