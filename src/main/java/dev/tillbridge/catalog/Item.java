package dev.tillbridge.catalog;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An item of the till's inventory.
 *
 * @param code its barcode (Clover: {@code code}), null where there is none
 * @param price in minor units of the till's currency, null where unknown
 * @param quantity what the till shows; null where it has never been given one
 * @param modifiedAt the till's time; a change of stock may leave it alone
 * @param groupId the group of variants it is one of, whose name it then bears; null for none
 */
public record Item(String id, String name, String sku, String code, Long price, PriceType priceType, String unitName,
        boolean hidden, BigDecimal quantity, Instant modifiedAt, String groupId) {

    /** One that is in no group. */
    public Item(String id, String name, String sku, String code, Long price, PriceType priceType, String unitName,
            boolean hidden, BigDecimal quantity, Instant modifiedAt) {
        this(id, name, sku, code, price, priceType, unitName, hidden, quantity, modifiedAt, null);
    }
}
