package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shop itself, the app's scopes, API versions, and looking objects up by id. */
final class ShopFields {

    private ShopFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class).with("shop", (root, arguments, call) -> call.shop())
                .with("currentAppInstallation", (root, arguments, call) -> call.grant())
                .with("publicApiVersions", (root, arguments, call) -> ApiVersions.all())
                .with("node", (root, arguments, call) -> node(arguments.text("id"), call))
                .with("nodes", (root, arguments, call) -> {
                    List<Object> found = new ArrayList<>();
                    arguments.list("ids").forEach(id -> found.add(node(id, call)));
                    return found;
                });
        table.type("Shop", Shop.class).plain("id", Shop::gid).plain("name", shop -> shop.profile().name())
                .plain("email", shop -> "owner@" + shop.domain()).plain("myshopifyDomain", Shop::domain)
                .plain("currencyCode", shop -> shop.profile().currency())
                .plain("ianaTimezone", shop -> shop.profile().timezone())
                .plain("taxesIncluded", shop -> shop.profile().taxesIncluded()).plain("taxShipping", shop -> false)
                .plain("plan", shop -> plan(shop.profile().plan()))
                .plain("createdAt", shop -> Timestamps.text(shop.createdAt()))
                .plain("updatedAt", shop -> Timestamps.text(shop.createdAt()));
        table.type("AppInstallation", AccessTokens.Grant.class)
                .plain("id", grant -> Gid.of("AppInstallation", 690_933_842_226L)).plain("accessScopes", ShopFields::scopes)
                .plain("app", grant -> Map.of("id", Gid.of("App", 347_082_227_713L), "title", "Tillbridge", "handle",
                        "tillbridge"));
    }

    private static Map<String, Object> plan(String name) {
        boolean plus = name.contains("Plus");
        return Map.of("displayName", name, "publicDisplayName", name, "partnerDevelopment", false, "shopifyPlus", plus);
    }

    private static List<Map<String, Object>> scopes(AccessTokens.Grant grant) {
        List<Map<String, Object>> scopes = new ArrayList<>();
        for (String handle : grant.scopes()) {
            Map<String, Object> scope = new LinkedHashMap<>();
            scope.put("handle", handle);
            scope.put("description", handle.replace('_', ' '));
            scopes.add(scope);
        }
        return scopes;
    }

    /** The object with a global id; null if there is none or its type is not simulated. */
    private static Object node(Object text, Call call) {
        Gid gid = Gid.parse(text).orElseThrow(() -> new ShopifyError("INVALID_ARGUMENT", "Invalid global id '" + text + "'"));
        Catalogue catalogue = call.catalogue();
        return switch (gid.type()) {
            case "Product" -> {
                call.require("read_products", "node");
                yield catalogue.product(text).orElse(null);
            }
            case "ProductVariant" -> {
                call.require("read_products", "node");
                yield catalogue.variant(text).orElse(null);
            }
            case "InventoryItem" -> {
                call.require("read_inventory", "node");
                yield catalogue.item(text).orElse(null);
            }
            case "InventoryLevel" -> {
                call.require("read_inventory", "node");
                yield catalogue.level(text).orElse(null);
            }
            case "Location" -> {
                call.require("read_locations", "node");
                yield catalogue.location(text).orElse(null);
            }
            case "Order" -> {
                call.require("read_orders", "node");
                yield call.book().orders().find(text, call).orElse(null);
            }
            case SubscriptionRow.TYPE -> call.shop().subscriptions().find(text, call.grant().app()).orElse(null);
            case "BulkOperation" -> call.shop().bulk().find(text.toString()).orElse(null);
            default -> null;
        };
    }
}
