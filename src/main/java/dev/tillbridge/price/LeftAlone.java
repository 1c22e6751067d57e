package dev.tillbridge.price;

import java.util.Arrays;
import java.util.Locale;

/** Why the price of a linked item is left as it is. The view {@code link_price} answers the codes. */
public enum LeftAlone {

    CURRENCY_DIFFERS("Till and store count in different currencies; prices are not converted"),
    TAX_BASIS_DIFFERS("One side's prices include tax, the other's do not; only prices of one kind are copied"),
    VARIANT_GONE("The store no longer has the variant"),
    ITEM_DELETED("The item is deleted at the till"),
    ITEM_HIDDEN("The item is hidden at the till"),
    PRICE_VARIABLE("The item's price is typed in at the till (VARIABLE)"),
    PRICE_PER_UNIT("The item is priced per unit (PER_UNIT), the variant as a whole"),
    NO_STORE_PRICE("The variant has no price"),
    NOTHING_LEFT("The rule leaves nothing to charge"),
    TOO_HIGH("The price is higher than a till takes");

    private final String text;

    LeftAlone(String text) {
        this.text = text;
    }

    /** As stored failures and the API name it: {@code tax-basis-differs}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException where there is no such code */
    public static LeftAlone of(String code) {
        return Arrays.stream(values()).filter(why -> why.code().equals(code)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No reason has the code " + code));
    }
}
