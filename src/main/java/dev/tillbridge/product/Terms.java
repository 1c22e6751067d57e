package dev.tillbridge.product;

import dev.tillbridge.channel.TillLimits;
import dev.tillbridge.price.PriceTerms;

/** Under what conditions a product can be brought to a till: what prices mean on both sides, and how long its texts may be. */
public record Terms(PriceTerms prices, TillLimits limits) {

    /** What keeps every product off the till; null where nothing does. */
    LeftOut obstacle() {
        return prices.refusal().map(why -> new LeftOut(null, why.code(), "Its price cannot be copied: " + prices.reason()))
                .orElse(null);
    }

    String tillCurrency() {
        return prices.tillCurrency();
    }

    /** Decimals of the till's currency. */
    int digits() {
        return prices.decimals();
    }

    /** In UTF-16 units. */
    int longestName() {
        return limits.name();
    }

    /** In UTF-16 units. */
    int longestIdentifier() {
        return limits.identifier();
    }
}
