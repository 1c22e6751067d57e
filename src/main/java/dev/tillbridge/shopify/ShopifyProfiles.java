package dev.tillbridge.shopify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Location;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.Integration.Permission;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.ShopProfile;

/** What a shop says of itself, and what must stand in it before orders come. */
@Singleton
class ShopifyProfiles {

    /** What the streams need (shopify.dev/docs/api/usage/access-scopes). Customers are read only where a merchant allows it. */
    static final List<Permission> SCOPES = List.of(
            new Permission("read_products", "Products: read", "to match variants with the till's items"),
            new Permission("read_inventory", "Inventory: read", "to read the stock of each location"),
            new Permission("write_inventory", "Inventory: write", "to take till sales off the stock"),
            new Permission("read_locations", "Locations: read", "to know where stock is held"),
            new Permission("read_orders", "Orders: read", "to find orders made of till sales"),
            new Permission("write_orders", "Orders: write", "to make orders of till sales"),
            new Permission("read_fulfillments", "Fulfillments: read", "to be told of shipments"),
            new Permission("read_merchant_managed_fulfillment_orders", "Merchant-managed fulfillment orders: read",
                    "to follow shipments"),
            new Permission("write_merchant_managed_fulfillment_orders", "Merchant-managed fulfillment orders: write",
                    "to fulfil what was handed over at the till"),
            new Permission("read_shipping", "Shipping: read", "to offer shipping methods that order types can be mapped to"));

    /** The metafield that an order carries its identity in, and its type, whose values are unique in the shop. */
    static final MetafieldKey ORDER_ID = new MetafieldKey("tillbridge", "clover_order_id");
    static final String ORDER_ID_TYPE = "id";

    private static final int PAGE = 250;

    private final ShopifyCalls calls;

    ShopifyProfiles(ShopifyCalls calls) {
        this.calls = calls;
    }

    Uni<ShopProfile> profile(ShopConnection shop) {
        return calls.call(shop, ShopifyOperation.SHOP_PROFILE, Map.of(), Priority.INTERACTIVE)
                .map(answer -> answer.as(Wire.Profile.class, ShopifyOperation.SHOP_PROFILE))
                .chain(profile -> {
                    var granted = granted(profile);
                    var missing = missing(granted);
                    // Without the scope the call would fail, and with it the answer that names what is missing.
                    var locations = missing.contains("read_locations")
                            ? Uni.createFrom().item(List.<Location>of())
                            : locations(shop);
                    return locations.map(found -> of(profile.shop(), found, granted, missing));
                });
    }

    /** Makes the definition unless it stands; one of another kind under its name is not ours to change. */
    Uni<Void> prepare(ShopConnection shop) {
        return calls
                .call(shop, ShopifyOperation.ORDER_ID_DEFINITION,
                        Map.of("namespace", ORDER_ID.namespace(), "key", ORDER_ID.key()),
                        Priority.INTERACTIVE)
                .map(answer -> answer.as(Wire.Definitions.class, ShopifyOperation.ORDER_ID_DEFINITION).metafieldDefinitions())
                .chain(found -> {
                    if (found == null || found.nodes() == null || found.nodes().isEmpty()) {
                        return define(shop);
                    }
                    if (ORDER_ID_TYPE.equals(found.nodes().get(0).type().name())) {
                        return Uni.createFrom().voidItem();
                    }
                    return Uni.createFrom().failure(new ConnectorException.Rejected("definition-of-other-type", 200,
                            "The shop has an order metafield " + ORDER_ID.name()
                                    + " that is not of type id: delete its definition and connect again"));
                });
    }

    /** Those of {@link #SCOPES} that are not granted; {@code write_x} stands for {@code read_x} as well. */
    static List<String> missing(Collection<String> granted) {
        var all = new HashSet<>(granted);
        for (var scope : granted) {
            if (scope.startsWith("write_")) {
                all.add("read_" + scope.substring("write_".length()));
            }
        }
        if (all.contains("read_inventory")) {
            // Shopify lets either of the two read locations.
            all.add("read_locations");
        }
        return SCOPES.stream().map(Permission::key).filter(scope -> !all.contains(scope)).toList();
    }

    private static List<String> granted(Wire.Profile profile) {
        if (profile == null || profile.shop() == null || profile.currentAppInstallation() == null
                || profile.currentAppInstallation().accessScopes() == null) {
            throw ShopifyFailures.invalid(ShopifyOperation.SHOP_PROFILE);
        }
        return profile.currentAppInstallation().accessScopes().stream().map(Wire.Scope::handle).sorted().toList();
    }

    private static ShopProfile of(Wire.Shop shop, List<Location> locations, List<String> granted, List<String> missing) {
        return new ShopProfile(shop.myshopifyDomain(), shop.name(), shop.currencyCode(), shop.taxesIncluded(),
                shop.ianaTimezone(), locations, granted, missing);
    }

    private Uni<List<Location>> locations(ShopConnection shop) {
        return Multi.createBy().repeating().uni(() -> new String[1], after -> {
            var variables = new HashMap<String, Object>();
            variables.put("first", PAGE);
            variables.put("after", after[0]);
            return calls.call(shop, ShopifyOperation.SHOP_LOCATIONS, variables, Priority.INTERACTIVE)
                    .map(answer -> answer.as(Wire.Locations.class, ShopifyOperation.SHOP_LOCATIONS))
                    .invoke(page -> after[0] = page.locations().pageInfo().endCursor());
        }).whilst(page -> page.locations().pageInfo().hasNextPage())
                .collect().in(ArrayList<Location>::new, ShopifyProfiles::add)
                .map(List::copyOf);
    }

    private static void add(List<Location> locations, Wire.Locations page) {
        var primary = page.primary() == null ? "" : page.primary().id();
        for (var node : page.locations().nodes()) {
            locations.add(new Location(Gid.number("Location", node.id()), node.name(), node.isActive(),
                    node.id().equals(primary)));
        }
    }

    private Uni<Void> define(ShopConnection shop) {
        var definition = Map.of("name", "Clover order id", "namespace", ORDER_ID.namespace(), "key", ORDER_ID.key(), "type",
                ORDER_ID_TYPE, "ownerType", "ORDER");
        return calls.call(shop, ShopifyOperation.ORDER_ID_DEFINITION_CREATE, Map.of("definition", definition),
                Priority.INTERACTIVE)
                .map(answer -> answer.as(Wire.DefinitionCreated.class, ShopifyOperation.ORDER_ID_DEFINITION_CREATE)
                        .metafieldDefinitionCreate())
                .chain(payload -> {
                    if (payload == null) {
                        return Uni.createFrom().failure(ShopifyFailures.invalid(ShopifyOperation.ORDER_ID_DEFINITION_CREATE));
                    }
                    var refused = ShopifyFailures.judge(payload.userErrors(), ShopifyOperation.ORDER_ID_DEFINITION_CREATE);
                    // Taken: another replica was faster.
                    return refused == null || refused.code().equals("taken")
                            ? Uni.createFrom().voidItem()
                            : Uni.createFrom().failure(refused);
                });
    }
}
