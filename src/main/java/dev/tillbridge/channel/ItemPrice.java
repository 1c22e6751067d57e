package dev.tillbridge.channel;

/**
 * What an item costs at the till.
 *
 * @param price in minor units of the till's currency
 */
public record ItemPrice(String itemId, long price) {}
