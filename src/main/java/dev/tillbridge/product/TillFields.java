package dev.tillbridge.product;

import dev.tillbridge.catalog.UniqueIdentifier;

/**
 * Which of a variant's fields become an item's SKU and product code, as SQL over alias {@code v} with the metafield's name as
 * $4: SKU and barcode, but for the identifier that the channel matches by, which goes where matching looks for it.
 */
final class TillFields {

    private TillFields() {}

    static String sku(UniqueIdentifier identifier) {
        if (identifier.itemSide() == UniqueIdentifier.ItemSide.CODE) {
            return "v.sku";
        }
        return switch (identifier.variantSide()) {
            case SKU -> "v.sku";
            case BARCODE -> "v.barcode";
            case METAFIELD -> "(v.metafields ->> $4)";
        };
    }

    static String code(UniqueIdentifier identifier) {
        return identifier.itemSide() == UniqueIdentifier.ItemSide.CODE
                && identifier.variantSide() == UniqueIdentifier.VariantSide.SKU ? "v.sku" : "v.barcode";
    }
}
