package dev.tillbridge.order;

/**
 * A discount of a line or of a whole sale: either an amount or a percentage.
 *
 * @param amount in minor units, of either sign (Clover wants it negative, and positive ones were seen): its absolute value
 *        counts; null where there is a percentage
 * @param percentage whole percent; null where there is an amount
 */
public record SaleDiscount(String id, String name, Long amount, Long percentage) {}
