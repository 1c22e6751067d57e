package dev.tillbridge.product;

/**
 * Under what conditions prices can be copied from a store to a till.
 *
 * @param digits decimals of the till's currency
 * @param storeTaxesIncluded whether the store's prices include tax
 * @param tillTaxesIncluded whether the till's do (Clover: those of VAT merchants, docs.clover.com/dev/reference/inventorygetitem)
 * @param longestName in UTF-16 units
 * @param longestIdentifier likewise
 */
public record Terms(String storeCurrency, String tillCurrency, int digits, boolean storeTaxesIncluded,
        boolean tillTaxesIncluded, int longestName, int longestIdentifier) {

    /** What keeps every product off the till; null where nothing does. */
    LeftOut obstacle() {
        if (!storeCurrency.equals(tillCurrency)) {
            return new LeftOut(null, "currency-differs", "The store sells in " + storeCurrency + ", the till in " + tillCurrency
                    + ", and prices are not converted");
        }
        return storeTaxesIncluded == tillTaxesIncluded
                ? null
                : new LeftOut(null, "tax-basis-differs", "The store's prices " + (storeTaxesIncluded ? "include" : "exclude")
                        + " tax, the till's " + (tillTaxesIncluded ? "include" : "exclude")
                        + " it, so that a price copied would be wrong");
    }
}
