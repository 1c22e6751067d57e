package dev.tillbridge.clover;

import java.util.Arrays;
import java.util.List;

import dev.tillbridge.channel.Integration;

/** What a merchant ticks when making the token, in Clover's words; {@code collection} is where it can be tried. */
enum CloverPermission {
    CUSTOMERS_R("customers", "Customers: read", "put the buyer's name on the imported order"),
    CUSTOMERS_W("customers",
            "Customers: write", "keep the buyer of an order on the till"),
    EMPLOYEES_R("employees", "Employees: read",
            "name who made a sale"),
    INVENTORY_R("items", "Inventory: read",
            "read items, prices and stock"),
    INVENTORY_W("items", "Inventory: write",
            "set stock and prices, create items"),
    MERCHANT_R("", "Merchant: read",
            "read name, currency, time zone and stock settings"),
    ORDERS_R("orders",
            "Orders: read", "import till sales"),
    ORDERS_W("orders",
            "Orders: write", "mark a sale as shipped"),
    PAYMENTS_R(
            "payments", "Payments: read",
            "tell paid sales from open ones");

    private final String collection;
    private final String label;
    private final String reason;

    CloverPermission(String collection, String label, String reason) {
        this.collection = collection;
        this.label = label;
        this.reason = reason;
    }

    String collection() {
        return collection;
    }

    String label() {
        return label;
    }

    boolean write() {
        return name().endsWith("_W");
    }

    static List<Integration.Permission> all() {
        return Arrays.stream(values())
                .map(each -> new Integration.Permission(each.name(), each.label, each.reason, each == INVENTORY_W)).toList();
    }
}
