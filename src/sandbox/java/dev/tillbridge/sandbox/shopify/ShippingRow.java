package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.List;

/** A shipping line; {@code discount} is what a free-shipping code takes off. */
record ShippingRow(long id, String title, String code, String source, BigDecimal price, BigDecimal discount, List<TaxRow> taxes,
        String currency) {}
