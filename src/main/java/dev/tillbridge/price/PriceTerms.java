package dev.tillbridge.price;

import java.util.Optional;

/**
 * What prices of both sides mean. They are copied only where they mean the same: in one currency, and with or without tax on
 * both sides.
 *
 * @param vat whether the till's prices include tax (Clover: the merchant's property {@code vat})
 * @param taxesIncluded whether the store's prices include tax (Shopify: {@code shop.taxesIncluded})
 */
public record PriceTerms(String tillCurrency, String storeCurrency, boolean vat, boolean taxesIncluded) {

    /** Why no price can be copied; empty where they can. */
    public Optional<LeftAlone> refusal() {
        if (!tillCurrency.equals(storeCurrency)) {
            return Optional.of(LeftAlone.CURRENCY_DIFFERS);
        }
        return vat == taxesIncluded ? Optional.empty() : Optional.of(LeftAlone.TAX_BASIS_DIFFERS);
    }

    /** The refusal for people, with what differs; null where there is none. */
    public String reason() {
        return refusal().map(why -> why == LeftAlone.CURRENCY_DIFFERS
                ? "the till counts in " + tillCurrency + ", the store in " + storeCurrency + ", and prices are not converted"
                : vat
                        ? "the till's prices include tax (VAT), the store's do not; only prices of one kind are copied"
                        : "the store's prices include tax, the till's do not; only prices of one kind are copied")
                .orElse(null);
    }

    /** Decimals of the currency both count in. */
    public int decimals() {
        return CurrencyDigits.of(tillCurrency);
    }
}
