package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** Locations, and what is stocked where, as a person changes them in the shop. */
final class PlaceControls {

    private PlaceControls() {}

    static void add(ShopifyControls controls, ControlRoutes routes) {
        controls.add(routes, "POST", "/shopify/locations",
                "Adds a location, or with locationId changes one: its name, whether it is active.",
                "{\"locationId\": \"gid://shopify/Location/1\", \"name\": \"Harbour\", \"active\": false}",
                PlaceControls::location);
        controls.add(routes, "DELETE", "/shopify/levels",
                "A SKU is no longer stocked at a location (the first one unless told).",
                "sku=TB-000001&locationId=gid://shopify/Location/1", PlaceControls::disconnect);
    }

    private static Object location(ControlRequest request, Shop shop) {
        request.only("shop", "locationId", "name", "active");
        ShopifyBook book = shop.book();
        LocationRow location = request.has("locationId")
                ? ShopifyControls.found(() -> book.location(request.text("locationId")))
                : book.places().addLocation(request.text("name"));
        book.places().change(location, request.text("name", location.name), request.flag("active", location.active));
        return Map.of("locationId", Catalogue.LOCATIONS.gid(location.slot), "name", location.name, "active",
                location.active);
    }

    private static Object disconnect(ControlRequest request, Shop shop) {
        String sku = Objects.requireNonNullElseGet(request.query().get("sku"), () -> {
            throw new BadControlInput("Give ?sku=….");
        });
        LocationRow location = ShopifyControls.found(() -> shop.book().location(request.query().get("locationId")));
        List<VariantRow> variants = ShopifyControls.found(() -> shop.book().bySku(sku));
        variants.forEach(each -> shop.book().places().deactivate(each, location));
        return Map.of("changed", variants.size());
    }
}
