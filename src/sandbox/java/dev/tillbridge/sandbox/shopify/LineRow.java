package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.List;

/** A line item of an order. */
final class LineRow {

    final long id;
    final String currency;
    /** Null for a line of no variant. */
    final VariantRow variant;
    final String title;
    final String variantTitle;
    final String sku;
    final int quantity;
    final BigDecimal unitPrice;
    final boolean taxable;
    final boolean requiresShipping;
    final List<TaxRow> taxes;
    final List<OrderRow.Attribute> properties;
    /** Its share of the order's discount code. */
    BigDecimal discount = BigDecimal.ZERO;
    /** Units refunded or removed. */
    int refunded;
    int fulfilled;
    /** Where its units were taken from; null where the order left the stock alone. */
    LocationRow takenFrom;
    /** Units that stand under committed at {@link #takenFrom}. */
    int committed;

    LineRow(long id, String currency, Text text, Sold sold, boolean taxable, boolean requiresShipping, List<TaxRow> taxes,
            List<OrderRow.Attribute> properties) {
        this.id = id;
        this.currency = currency;
        this.variant = sold.variant;
        this.title = text.title;
        this.variantTitle = text.variantTitle;
        this.sku = text.sku;
        this.quantity = sold.quantity;
        this.unitPrice = sold.unitPrice;
        this.taxable = taxable;
        this.requiresShipping = requiresShipping;
        this.taxes = taxes;
        this.properties = properties;
    }

    /** What the line is called. */
    record Text(String title, String variantTitle, String sku) {}

    /** How much of what is sold. */
    record Sold(VariantRow variant, int quantity, BigDecimal unitPrice) {}

    String gid() {
        return Gid.of("LineItem", id);
    }

    /** The variant; null once it is deleted. */
    VariantRow liveVariant() {
        return variant == null || variant.deleted ? null : variant;
    }

    int current() {
        return quantity - refunded;
    }

    int unfulfilled() {
        return Math.max(0, current() - fulfilled);
    }

    BigDecimal gross() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }

    /** Price of some units after discounts, without taxes that are not in the price. */
    BigDecimal net(int units) {
        return units == quantity ? gross().subtract(discount) : Amounts.part(gross().subtract(discount), units, quantity);
    }

    BigDecimal tax(int units) {
        BigDecimal whole = TaxRow.sum(taxes);
        return units == quantity ? whole : Amounts.part(whole, units, quantity);
    }
}
