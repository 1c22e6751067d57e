/**
 * Stores and channels: connecting them, checking permissions, their settings and resources; and the two ports,
 * {@link dev.tillbridge.channel.PointOfSale} and {@link dev.tillbridge.channel.Storefront}, through which every stage
 * sees a vendor. It may use the records of {@code catalog}, {@code price}, {@code order} and {@code shipment}, {@code access}, {@code journal} and {@code platform}, never a
 * vendor's package: a second till or storefront must be a new package and nothing else.
 */
package dev.tillbridge.channel;
