/**
 * The Clover connector: REST client, wire records, paging, rate governor. Package-private but for the bean that
 * implements {@link dev.tillbridge.channel.PointOfSale}; it never sees Shopify's package.
 */
package dev.tillbridge.clover;
