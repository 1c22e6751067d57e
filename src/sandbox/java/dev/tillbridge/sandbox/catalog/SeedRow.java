package dev.tillbridge.sandbox.catalog;

import java.math.BigDecimal;
import java.util.List;

/**
 * One thing that is sold, as both sides hold it.
 *
 * @param number 0, 1, 2 … in the order of seeding
 * @param shop the Shopify variant; null if only the till has it
 * @param till the Clover item; null if only the shop has it
 */
public record SeedRow(int number, ShopVariant shop, TillItem till) {

    /**
     * @param product number of the product; rows of one product follow each other
     * @param productTitle title of the product
     * @param title the variant's own title, such as "Large"; "Default Title" where the product has one variant only
     * @param sku null where missing
     * @param barcode null where missing
     * @param price in minor units
     * @param available units per location, the first one the primary location; also set for untracked variants
     */
    public record ShopVariant(int product, String productTitle, String title, String sku, String barcode, long price,
            boolean tracked, List<Integer> available) {}

    /**
     * @param sku null where missing
     * @param code the barcode; null where missing
     * @param price in minor units
     * @param priceType FIXED or PER_UNIT
     * @param unitName such as "kg"; null unless PER_UNIT
     * @param quantity null if never set
     */
    public record TillItem(String name, String sku, String code, long price, String priceType, String unitName,
            BigDecimal quantity) {}
}
