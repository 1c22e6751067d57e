package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Set;

/**
 * An API token.
 *
 * @param permissions of {@link #PERMISSIONS}
 * @param app the app it was issued for; null for one that a merchant made, which shares no app limit
 */
record Token(String value, String merchantId, Set<String> permissions, String app) {

    /** Clover: constants of the Android SDK, com.clover.sdk.v3.apps.Permission. */
    static final List<String> PERMISSIONS = List.of("CUSTOMERS_R", "CUSTOMERS_W", "EMPLOYEES_R", "EMPLOYEES_W", "INVENTORY_R",
            "INVENTORY_W", "MERCHANT_R", "MERCHANT_W", "ORDERS_R", "ORDERS_W", "PAYMENTS_R", "PAYMENTS_W");

    /** What a merchant grants by the product's instructions, and no more. */
    static final Set<String> GRANTED_BY_INSTRUCTIONS = Set.of("CUSTOMERS_R", "CUSTOMERS_W", "EMPLOYEES_R", "INVENTORY_R",
            "INVENTORY_W", "MERCHANT_R", "ORDERS_R", "ORDERS_W", "PAYMENTS_R");
}
