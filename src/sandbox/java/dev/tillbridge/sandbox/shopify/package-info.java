/**
 * The simulated Shopify: the Admin GraphQL API of 2026-10 as far as Tillbridge uses it, executed by graphql-java on
 * {@code shopify/schema.graphqls}, a strict subset of the real schema.
 *
 * <p>{@link dev.tillbridge.sandbox.shopify.ShopifySide} is the way in. A {@code Shop} holds a {@code ShopifyBook} (catalogue,
 * levels, metafields), its tokens, its cost bucket and its bulk operations. One table of {@code FieldReader}s answers both
 * GraphQL requests and bulk operations, so a field means the same in both. Values are read in their serialised form (times and
 * money as text), which keeps fetchers cheap.
 *
 * <p>May touch the sandbox's core packages and graphql-java. Knows nothing of Clover.
 *
 * <p>Rules carry their source: "rec" is a recorded answer of a live shop, "doc" shopify.dev. What is neither says so.
 */
package dev.tillbridge.sandbox.shopify;
