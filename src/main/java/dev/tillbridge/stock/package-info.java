/**
 * Keeping the till's stock in step: safety stock, unposted units, target quantity, explaining a reading. The rules
 * are pure and know nobody; {@code StockStage} and the repositories put them to work and see the till only through
 * {@link dev.tillbridge.channel.PointOfSale}, so that no rule depends on a vendor.
 */
package dev.tillbridge.stock;
