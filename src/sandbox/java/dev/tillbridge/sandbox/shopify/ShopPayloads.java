package dev.tillbridge.sandbox.shopify;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** REST-shaped payloads of webhooks: flat root, snake_case, numeric ids (facts section 6, samples of the REST resources). */
final class ShopPayloads {

    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx",
            java.util.Locale.ROOT);

    private ShopPayloads() {}

    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** In the shop's time zone; null for 0. */
    static String time(long millis, ZoneId zone) {
        return millis == 0 ? null : WITH_OFFSET.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** {@code available} is null where the item is not tracked. */
    static Map<String, Object> level(VariantRow variant, LocationRow location, ZoneId zone) {
        return object("inventory_item_id", Catalogue.ITEMS.id(variant.slot), "location_id",
                Catalogue.LOCATIONS.id(location.slot), "available",
                variant.tracked ? (Object) location.available(variant.slot) : null, "updated_at",
                time(location.updated(variant.slot), zone), "admin_graphql_api_id",
                Catalogue.gid(new LevelRow(location, variant)));
    }

    static Map<String, Object> item(VariantRow variant, ZoneId zone) {
        return object("id", Catalogue.ITEMS.id(variant.slot), "sku", variant.sku, "created_at",
                time(variant.createdAt, zone), "updated_at", time(variant.itemUpdatedAt, zone), "requires_shipping",
                variant.requiresShipping, "cost", null, "country_code_of_origin", null, "province_code_of_origin", null,
                "harmonized_system_code", null, "tracked", variant.tracked, "country_harmonized_system_codes",
                java.util.List.of(), "admin_graphql_api_id", Catalogue.ITEMS.gid(variant.slot));
    }

    static Map<String, Object> location(LocationRow location, ZoneId zone) {
        return object("id", Catalogue.LOCATIONS.id(location.slot), "name", location.name, "address1", "1 Main Street",
                "address2", null, "city", "Springfield", "zip", "62701", "province", "Illinois", "country", "US", "phone",
                null, "created_at", time(location.createdAt, zone), "updated_at", time(location.createdAt, zone),
                "country_code", "US", "country_name", "United States", "province_code", "IL", "legacy", false, "active",
                location.active, "admin_graphql_api_id", Catalogue.LOCATIONS.gid(location.slot));
    }

    static Map<String, Object> bulk(BulkOperationRow row) {
        return object("admin_graphql_api_id", row.id(), "completed_at", Timestamps.text(row.completedAt()), "created_at",
                Timestamps.text(row.createdAt()), "error_code",
                row.errorCode() == null ? null : row.errorCode().toLowerCase(java.util.Locale.ROOT), "status",
                row.status().toLowerCase(java.util.Locale.ROOT), "type", "query");
    }

    static Map<String, Object> shop(Shop shop) {
        Shop.Profile profile = shop.profile();
        ZoneId zone = ZoneId.of(profile.timezone());
        return object("id", shop.number(), "name", profile.name(), "email", "owner@" + shop.domain(), "domain",
                shop.domain(), "country", "US", "created_at", time(shop.createdAt(), zone), "updated_at",
                time(shop.now(), zone), "currency", profile.currency(), "timezone", profile.timezone(), "iana_timezone",
                profile.timezone(), "plan_display_name", profile.plan(), "taxes_included", profile.taxesIncluded(),
                "tax_shipping", false, "myshopify_domain", shop.domain());
    }
}
