/**
 * Keeping the till's prices in step: what a till should charge for what the store charges. {@code PriceRule},
 * {@code PriceTerms} and their values are pure and know nobody; {@code PriceStage} and the repository put them to work and
 * see the till only through {@link dev.tillbridge.channel.PointOfSale}, so that no rule depends on a vendor.
 */
package dev.tillbridge.price;
