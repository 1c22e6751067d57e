/**
 * What the store sends of till sales reaches the till: shipments, tracking and cancellations of imported orders are written
 * into the note of the till's order. The records and the words of a note are pure; {@code ShipmentIntake} keeps what the store
 * says, {@code ShipmentStage} makes the till's notes say it. Both see the vendors only through
 * {@link dev.tillbridge.channel.PointOfSale} and {@link dev.tillbridge.channel.Storefront}.
 */
package dev.tillbridge.shipment;
