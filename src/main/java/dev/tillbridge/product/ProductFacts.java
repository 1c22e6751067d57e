package dev.tillbridge.product;

import java.math.BigDecimal;
import java.util.List;

import dev.tillbridge.catalog.Listing;

/**
 * What is known of a product and of its variants on one till.
 *
 * @param category the name its category is to have; null for none
 * @param active whether the store sells it: nothing is made of one it does not
 * @param variants those that are not gone, in the store's order
 */
public record ProductFacts(String productId, String title, String category, boolean active, List<VariantFacts> variants) {

    public ProductFacts {
        variants = List.copyOf(variants);
    }

    /** The same, after a variant's item was made. */
    ProductFacts linked(String variantId, String itemId, String group) {
        return new ProductFacts(productId, title, category, active, variants.stream().map(each -> each.id().equals(variantId)
                ? new VariantFacts(each.id(), each.title(), each.options(), each.sku(), each.code(), each.price(), itemId,
                        group,
                        each.obstacle())
                : each).toList());
    }

    ProductFacts withCategory(String name) {
        return new ProductFacts(productId, title, name, active, variants);
    }

    /**
     * A variant.
     *
     * @param title product and variant
     * @param sku as the item is to have it, by the channel's identifier; null for none
     * @param code likewise
     * @param price in the store's currency; null where unknown
     * @param itemId the item it is linked to; null for none
     * @param itemGroup the group that item is in; null for none
     * @param obstacle why none may be made of it; null where nothing stands in the way
     */
    public record VariantFacts(String id, String title, List<Listing.Option> options, String sku, String code,
            BigDecimal price, String itemId, String itemGroup, LeftOut obstacle) {

        public VariantFacts {
            options = List.copyOf(options);
        }
    }
}
