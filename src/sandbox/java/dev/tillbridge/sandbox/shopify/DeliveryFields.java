package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** Delivery profiles, and how a person changes the shipping settings. */
final class DeliveryFields {

    private DeliveryFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class).scoped("read_shipping", "deliveryProfiles",
                (root, arguments, call) -> Listing.byId(call.shop().shipping().profiles(), ShippingBook.Profile::id));
        table.type("DeliveryProfile", ShippingBook.Profile.class).plain("id", row -> Gid.of("DeliveryProfile", row.id()))
                .plain("name", ShippingBook.Profile::name).plain("default", row -> true)
                .plain("profileLocationGroups", row -> List.of(row.group()));
        table.type("DeliveryProfileLocationGroup", ShippingBook.Group.class).plain("locationGroupZones",
                row -> Listing.byId(row.zones(), ShippingBook.Zone::id));
        table.type("DeliveryLocationGroupZone", ShippingBook.Zone.class)
                .plain("zone", row -> Map.of("id", Gid.of("DeliveryZone", row.id()), "name", row.name()))
                .plain("methodDefinitions", row -> Listing.byId(row.methods(), ShippingBook.Method::id));
        table.type("DeliveryMethodDefinition", ShippingBook.Method.class)
                .plain("id", row -> Gid.of("DeliveryMethodDefinition", row.id())).plain("name", ShippingBook.Method::name)
                .plain("active", ShippingBook.Method::active).plain("description", row -> null);
    }

    static void add(ShopifyControls controls, ControlRoutes routes) {
        controls.add(routes, "POST", "/shopify/shipping", "Replaces the shop's shipping methods, zone by zone.",
                "{\"methods\": [{\"name\": \"Local delivery\", \"zone\": \"Domestic\", \"active\": true}]}",
                DeliveryFields::replace);
    }

    private static Object replace(ControlRequest request, Shop shop) {
        request.only("shop", "methods");
        List<ShippingBook.Method> methods = new ArrayList<>();
        for (JsonNode each : request.body().path("methods")) {
            if (!each.path("name").isTextual()) {
                throw new BadControlInput("Each of \"methods\" needs a \"name\".");
            }
            methods.add(shop.shipping().method(each.path("zone").asText("Domestic"), each.get("name").asText(),
                    each.path("active").asBoolean(true)));
        }
        shop.shipping().replace(methods);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("methods", methods.stream().map(ShippingBook.Method::name).toList());
        return answer;
    }
}
