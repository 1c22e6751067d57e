package dev.tillbridge.product;

/**
 * A variant that has no item, or whose item is not in its product's group.
 *
 * @param variantId null where it is the product as a whole
 * @param code stable, such as {@code no-price}
 * @param reason a sentence a merchant understands
 */
public record LeftOut(String variantId, String code, String reason) {}
