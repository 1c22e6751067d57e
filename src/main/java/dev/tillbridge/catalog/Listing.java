package dev.tillbridge.catalog;

import java.util.List;

/**
 * How a store presents a variant: what its product is called and what the variant is among its fellows.
 *
 * @param productTitle null where it was not read yet
 * @param productType as the merchant wrote it; null where there is none
 * @param position among the product's variants, from 1 on; 0 where unknown
 * @param options what was chosen for each of the product's options, in their order; of a product without options the
 *        store's stand-in for them (Shopify: {@code Title: Default Title})
 */
public record Listing(String productTitle, String productType, int position, List<Option> options) {

    /** Of a variant that was stored before listings were read. */
    public static final Listing UNKNOWN = new Listing(null, null, 0, List.of());

    public Listing {
        options = List.copyOf(options);
    }

    /** {@code Size: Large}. */
    public record Option(String name, String value) {}
}
