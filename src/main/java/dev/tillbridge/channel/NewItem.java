package dev.tillbridge.channel;

/**
 * An item to be made.
 *
 * @param name taken over for an item outside a group; within one the till makes its own of group and options (Clover)
 * @param price in minor units of the till's currency
 * @param groupId the group it is to be in from the start, as it can join none later (Clover); null for none
 */
public record NewItem(String name, String sku, String code, long price, String groupId) {}
