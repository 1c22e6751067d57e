package dev.tillbridge.catalog;

/**
 * What a store says of a product itself; its variants are read on their own.
 *
 * @param status the storefront's word, an open set (Shopify: ACTIVE, ARCHIVED, DRAFT, UNLISTED)
 * @param type as the merchant wrote it; null where there is none
 * @param variants how many it has; null where the store does not say
 */
public record ChangedProduct(String id, String title, String status, String type, Integer variants) {}
