package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An order that is to be made in the store. Amounts are decimals of {@code currency}.
 *
 * @param identity what it is found by later, unique in the shop (Shopify: value of an {@code id} metafield, and the source
 *        identifier): the till's order id, with a suffix where it replaces a cancelled one
 * @param name the order's number as the merchant wants it; null leaves it to the store
 * @param taxesIncluded whether unit prices hold the taxes
 * @param paid whether it is paid, or pending
 * @param fulfilledAtLocationId where the goods were handed over; null leaves the order open
 * @param transactions what was paid, in the order of the sale's payments
 * @param customer null where nobody is named
 */
public record OrderDraft(String identity, String name, String note, String sourceName, String sourceUrl, String currency,
        boolean taxesIncluded, boolean paid, boolean test, Instant processedAt, String fulfilledAtLocationId,
        List<String> tags, List<Attribute> attributes, List<Line> lines, List<Transaction> transactions,
        ShippingLine shippingLine, SaleCustomer customer) {

    public OrderDraft {
        tags = List.copyOf(tags);
        attributes = List.copyOf(attributes);
        lines = List.copyOf(lines);
        transactions = List.copyOf(transactions);
    }

    public OrderDraft withCustomer(SaleCustomer named) {
        return new OrderDraft(identity, name, note, sourceName, sourceUrl, currency, taxesIncluded, paid, test, processedAt,
                fulfilledAtLocationId, tags, attributes, lines, transactions, shippingLine, named);
    }

    /** Lines plus taxes that are not in their prices. */
    public BigDecimal total() {
        return lines.stream().map(line -> taxesIncluded ? line.net() : line.net().add(line.tax()))
                .reduce(shippingLine == null ? BigDecimal.ZERO : shippingLine.price(), BigDecimal::add);
    }

    public record Attribute(String key, String value) {}

    /**
     * @param key tells the line again in the order that was made; unique in the draft
     * @param variantId null for a line of no variant
     * @param unitPrice exact in the currency's decimals: what remains of the price after all discounts
     */
    public record Line(String key, String variantId, String title, String sku, int quantity, BigDecimal unitPrice,
            boolean taxable, boolean requiresShipping, List<Tax> taxes, List<Attribute> properties) {

        public Line {
            taxes = List.copyOf(taxes);
            properties = List.copyOf(properties);
        }

        public BigDecimal net() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }

        public BigDecimal tax() {
            return taxes.stream().map(Tax::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /** @param rate as a fraction, 0.0825; {@code amount} of the whole line */
    public record Tax(String title, BigDecimal rate, BigDecimal amount) {}

    /** @param gateway how it was paid, in the till's words */
    public record Transaction(String gateway, BigDecimal amount, Instant processedAt) {}

    public record ShippingLine(String title, BigDecimal price) {}
}
