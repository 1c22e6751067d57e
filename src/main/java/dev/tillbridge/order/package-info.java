/**
 * A till sale's life: found, reserved, taken off the store's stock, made an order of the store, refunded. The records and
 * the rules (mapping to the cent, what was sold and given back, when a sale is paid) are pure and know nobody; stages and
 * repositories put them to work and see the vendors only through {@link dev.tillbridge.channel.PointOfSale} and
 * {@link dev.tillbridge.channel.Storefront}.
 */
package dev.tillbridge.order;
