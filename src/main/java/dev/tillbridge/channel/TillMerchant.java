package dev.tillbridge.channel;

/**
 * A till's merchant.
 *
 * @param trackStock the till counts stock at all
 * @param updateStock sales lower the till's stock by themselves
 */
public record TillMerchant(String id, String name, String currency, String timezone, boolean vat, boolean trackStock,
        boolean updateStock) {}
