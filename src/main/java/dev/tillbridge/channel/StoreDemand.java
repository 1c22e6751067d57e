package dev.tillbridge.channel;

import java.util.List;

/**
 * What a store's platform demands beyond looking.
 *
 * @param customerId the store's; null where no customer is meant
 * @param orderIds the store's orders that are meant; empty where all are, or none
 */
public record StoreDemand(Kind kind, String customerId, List<String> orderIds) {

    /** Also as they stand in the database. */
    public enum Kind {
        /** The app was taken out of the shop. */
        UNINSTALLED,
        /** A customer wants to know what is held of them. */
        DATA_REQUEST,
        /** What is held of a customer is to be erased. */
        CUSTOMER_REDACT,
        /** What is held of the shop is to be erased. */
        SHOP_REDACT
    }

    public StoreDemand {
        orderIds = List.copyOf(orderIds);
    }
}
