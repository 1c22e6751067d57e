package dev.tillbridge.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a channel matches variants and items by (setting {@code uniqueIdentifier}): {@code SKU} (SKU with SKU),
 * {@code BARCODE} (barcode with the till's code), {@code SKU_TO_CODE}, {@code BARCODE_TO_SKU}, or
 * {@code METAFIELD:namespace.key} (a variant's metafield with the till's SKU).
 *
 * @param metafield {@code namespace.key}, not null exactly where the variant's side is a metafield
 */
public record UniqueIdentifier(VariantSide variantSide, ItemSide itemSide, String metafield) {

    /** How a setting must look, for messages. */
    public static final String FORMS = "SKU, BARCODE, SKU_TO_CODE, BARCODE_TO_SKU or METAFIELD:namespace.key";

    public static final UniqueIdentifier SKU = new UniqueIdentifier(VariantSide.SKU, ItemSide.SKU, null);
    public static final UniqueIdentifier BARCODE = new UniqueIdentifier(VariantSide.BARCODE, ItemSide.CODE, null);
    public static final UniqueIdentifier SKU_TO_CODE = new UniqueIdentifier(VariantSide.SKU, ItemSide.CODE, null);
    public static final UniqueIdentifier BARCODE_TO_SKU = new UniqueIdentifier(VariantSide.BARCODE, ItemSide.SKU, null);

    private static final String METAFIELD_PREFIX = "METAFIELD:";
    // Shopify: namespace 3 to 255, key 2 to 64 of these characters (shopify.dev/docs/api/admin-graphql, MetafieldDefinitionInput);
    // an app's own namespace may be written with "$app".
    private static final Pattern METAFIELD = Pattern
            .compile("(?:\\$app(?::[A-Za-z0-9_-]{1,250})?|[A-Za-z0-9_-]{3,255})\\.[A-Za-z0-9_-]{2,64}");

    /** Where a variant carries the identifier. */
    public enum VariantSide {
        SKU,
        BARCODE,
        METAFIELD
    }

    /** Where an item carries it. */
    public enum ItemSide {
        SKU,
        CODE
    }

    public UniqueIdentifier {
        if ((variantSide == VariantSide.METAFIELD) != (metafield != null)
                || (metafield != null && !METAFIELD.matcher(metafield).matches())) {
            throw new IllegalArgumentException("A unique identifier is " + FORMS);
        }
    }

    /** Reads a setting; empty where it has none of the legal forms. */
    public static Optional<UniqueIdentifier> parse(String setting) {
        if (setting == null) {
            return Optional.empty();
        }
        return switch (setting) {
            case "SKU" -> Optional.of(SKU);
            case "BARCODE" -> Optional.of(BARCODE);
            case "SKU_TO_CODE" -> Optional.of(SKU_TO_CODE);
            case "BARCODE_TO_SKU" -> Optional.of(BARCODE_TO_SKU);
            default -> {
                String name = setting.startsWith(METAFIELD_PREFIX) ? setting.substring(METAFIELD_PREFIX.length()) : "";
                yield METAFIELD.matcher(name).matches()
                        ? Optional.of(new UniqueIdentifier(VariantSide.METAFIELD, ItemSide.SKU, name))
                        : Optional.empty();
            }
        };
    }

    /** The setting as it is written. */
    public String setting() {
        if (metafield != null) {
            return METAFIELD_PREFIX + metafield;
        }
        if (itemSide == ItemSide.SKU) {
            return variantSide == VariantSide.SKU ? "SKU" : "BARCODE_TO_SKU";
        }
        return variantSide == VariantSide.BARCODE ? "BARCODE" : "SKU_TO_CODE";
    }

    /** The key of a variant, null where it has none. */
    public String keyOf(Variant variant) {
        return switch (variantSide) {
            case SKU -> IdentifierKey.of(variant.sku());
            case BARCODE -> IdentifierKey.of(variant.barcode());
            case METAFIELD -> IdentifierKey.of(variant.metafields().get(metafield));
        };
    }

    /** The key of an item, null where it has none. */
    public String keyOf(Item item) {
        return IdentifierKey.of(itemSide == ItemSide.SKU ? item.sku() : item.code());
    }

    /** How a merchant calls the variant's identifier. */
    public String variantLabel() {
        return switch (variantSide) {
            case SKU -> "SKU";
            case BARCODE -> "barcode";
            case METAFIELD -> "metafield " + metafield;
        };
    }

    /** How a merchant calls the item's identifier. */
    public String itemLabel() {
        return itemSide == ItemSide.SKU ? "SKU" : "product code";
    }

    @Override
    public String toString() {
        return setting();
    }
}
