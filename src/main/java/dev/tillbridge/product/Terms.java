package dev.tillbridge.product;

import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.TillLimits;
import dev.tillbridge.price.PriceRule;
import dev.tillbridge.price.PriceTerms;

/**
 * Under what conditions a product can be brought to a till: what prices mean on both sides, and how long its texts may be.
 *
 * @param rule what the till charges for what the store charges
 */
public record Terms(PriceTerms prices, PriceRule rule, TillLimits limits) {

    /** A new item costs what it will be kept at: where prices are not kept in step, what it costs in the store. */
    static Terms of(PriceTerms prices, ChannelSettings.PriceSync priceSync, TillLimits limits) {
        return new Terms(prices, priceSync.enabled() ? priceSync.priceRule() : PriceRule.COPY, limits);
    }

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
