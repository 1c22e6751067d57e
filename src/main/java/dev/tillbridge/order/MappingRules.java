package dev.tillbridge.order;

/**
 * How a merchant wants the till's sales in the store.
 *
 * @param shopCurrency ISO code
 * @param tipsIncluded whether tips are part of the order's total
 * @param number of the order
 * @param merchantId the till's merchant
 * @param identity what the order is found by later
 * @param fulfilledAtLocationId where the goods were handed over; null leaves the order open
 * @param shippingMethod what the order is to be shipped by; null where its goods were handed over
 * @param paid whether the order is made as paid, or as pending
 */
public record MappingRules(String shopCurrency, boolean tipsIncluded, Unlinked unlinked, Format number, Format note,
        String merchantId, String identity, String fulfilledAtLocationId, String shippingMethod, boolean paid) {

    /** What happens to a sale with a line that has no link. */
    public enum Unlinked {
        HOLD,
        IMPORT_AS_CUSTOM
    }

    /** A text made of the till's order id between two fixed parts, neither of them null. */
    public record Format(String prefix, boolean includeOrderId, String suffix) {

        /** The text; null where nothing is in it. */
        String of(String orderId) {
            String text = (prefix + (includeOrderId ? orderId : "") + suffix).strip();
            return text.isEmpty() ? null : text;
        }
    }
}
