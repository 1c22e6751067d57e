package dev.tillbridge.shopify;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ShippingMethods;
import dev.tillbridge.channel.ShopConnection;

/** Reads the names of the shop's shipping methods: of all delivery profiles and zones, each name once. */
@Singleton
class ShippingMethodReader {

    private static final int PROFILES = 5;
    /** How many zones, and methods of each: what most shops have costs little, and so no wait. */
    private static final int FEW = 5;
    /** At Shopify's published formula still below 400 points. */
    private static final int MANY = 25;

    private final ShopifyCalls calls;

    ShippingMethodReader(ShopifyCalls calls) {
        this.calls = calls;
    }

    Uni<ShippingMethods> read(ShopConnection shop) {
        return read(shop, FEW).chain(found -> found.whole() ? Uni.createFrom().item(found) : read(shop, MANY));
    }

    private Uni<ShippingMethods> read(ShopConnection shop, int each) {
        return Multi.createBy().repeating().uni(() -> new String[1], after -> page(shop, each, after))
                .whilst(page -> page.pageInfo().hasNextPage())
                .collect().in(Found::new, Found::add).map(found -> new ShippingMethods(List.copyOf(found.names), found.whole));
    }

    private Uni<OrderWire.ProfileConnection> page(ShopConnection shop, int each, String[] after) {
        var variables = new HashMap<String, Object>();
        variables.put("each", each);
        variables.put("first", PROFILES);
        variables.put("after", after[0]);
        return calls.call(shop, ShopifyOperation.SHIPPING_METHODS, variables, Priority.INTERACTIVE).map(answer -> {
            var page = answer.as(OrderWire.DeliveryProfiles.class, ShopifyOperation.SHIPPING_METHODS).deliveryProfiles();
            if (page == null || page.nodes() == null || page.pageInfo() == null || (page.pageInfo().hasNextPage()
                    && Objects.equals(page.pageInfo().endCursor(), after[0]))) {
                throw ShopifyFailures.invalid(ShopifyOperation.SHIPPING_METHODS);
            }
            after[0] = page.pageInfo().endCursor();
            return page;
        });
    }

    private static final class Found {
        private final Set<String> names = new LinkedHashSet<>();
        private boolean whole = true;

        void add(OrderWire.ProfileConnection page) {
            page.nodes().stream().flatMap(profile -> profile.profileLocationGroups().stream())
                    .map(OrderWire.LocationGroup::locationGroupZones).forEach(zones -> {
                        whole &= !zones.pageInfo().hasNextPage();
                        zones.nodes().stream().map(OrderWire.Zone::methodDefinitions).forEach(this::add);
                    });
        }

        private void add(OrderWire.MethodConnection methods) {
            whole &= !methods.pageInfo().hasNextPage();
            methods.nodes().stream().filter(OrderWire.Method::active).map(OrderWire.Method::name).filter(Objects::nonNull)
                    .forEach(names::add);
        }
    }
}
