package dev.tillbridge.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import dev.tillbridge.price.CurrencyDigits;

/**
 * A row of the list of links: a variant, an item, or both.
 *
 * @param reason why it has this status; null where it is linked
 * @param storeStock available over the selling locations; null where it is not linked or not counted there
 * @param unposted units sold on tills that the store's stock does not show yet; null where it is not linked
 * @param target what the till should show; null where it is left alone
 * @param channelStock what the till shows; null where it has never been given a quantity
 * @param price what the till should charge; null where it is not linked
 */
public record LinkView(VariantView variant, ItemView item, LinkStatus status, String reason, Long storeStock,
        BigDecimal unposted, Long safetyStock, BigDecimal target, BigDecimal channelStock, MoneyView storePrice,
        MoneyView channelPrice, PriceView price) {

    public record VariantView(String id, String sku, String barcode, String title, boolean tracked) {}

    public record ItemView(String id, String sku, String code, String name, PriceType priceType) {}

    /**
     * @param rule what is done to the store's price, such as {@code +10 %, to .99}; null where it is copied
     * @param result what the till should charge by it; null where the price is left alone
     * @param reason why it is left alone, or what keeps it from the till; null where there is nothing to say
     */
    public record PriceView(String rule, MoneyView result, String reason) {}

    /** @param amount decimal, with the currency's digits */
    public record MoneyView(
            @Schema(type = SchemaType.STRING, examples = "35.99") @JsonSerialize(using = ToStringSerializer.class) BigDecimal amount,
            String currency) {

        /** An amount in the currency itself; null stays null. */
        static MoneyView of(BigDecimal amount, String currency) {
            if (amount == null) {
                return null;
            }
            int digits = CurrencyDigits.of(currency);
            var plain = amount.stripTrailingZeros();
            return new MoneyView(plain.setScale(Math.max(digits, plain.scale()), RoundingMode.UNNECESSARY), currency);
        }

        /** An amount in the currency's minor units; null stays null. */
        static MoneyView ofMinorUnits(Long amount, String currency) {
            return amount == null ? null : new MoneyView(BigDecimal.valueOf(amount, CurrencyDigits.of(currency)), currency);
        }

    }
}
