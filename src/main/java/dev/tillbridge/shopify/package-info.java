/**
 * The Shopify connector: GraphQL documents, wire records, paging, bulk operations, cost governor. Package-private but
 * for the bean that implements {@link dev.tillbridge.channel.Storefront}; it never sees Clover's package.
 */
package dev.tillbridge.shopify;
