package dev.tillbridge.channel;

/**
 * What a webhook says changed. It is a hint where to look: the resource is read by its id, and the payload counts for nothing.
 *
 * @param resourceId the vendor's id; of a level the item's and the location's, {@code 30322695/68101}
 */
public record WebhookHint(Kind kind, String resourceId) {

    /** The resource of a hint that concerns the shop as a whole. */
    public static final String WHOLE = "shop";

    /** What is read. A new kind may reach a replica of the version before, which leaves it to the others. */
    public enum Kind {
        /** The store's level of an item at a location. */
        LEVEL,
        /** The store's product with its variants. */
        PRODUCT,
        /** The store's variants of an inventory item. */
        INVENTORY_ITEM,
        /** What was sent of one of the store's orders. */
        ORDER,
        /** The shop itself and its locations. */
        SHOP,
        /** A till's sale. */
        SALE,
        /** A till's payment, which names its sale. */
        PAYMENT,
        /** A till's item, with its stock. */
        ITEM
    }

    public static WebhookHint level(String inventoryItemId, String locationId) {
        return new WebhookHint(Kind.LEVEL, inventoryItemId + "/" + locationId);
    }
}
