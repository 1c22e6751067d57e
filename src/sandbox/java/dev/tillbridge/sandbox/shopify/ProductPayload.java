package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A product of the topics {@code products/…}, with variants as from 2026-04 on: without weight and fulfilment fields. */
final class ProductPayload {

    private final Shop shop;
    private final ZoneId zone;

    ProductPayload(Shop shop, ZoneId zone) {
        this.shop = shop;
        this.zone = zone;
    }

    Map<String, Object> of(ProductRow product) {
        long id = Catalogue.PRODUCTS.id(product.slot);
        List<Map<String, Object>> variants = new ArrayList<>();
        List<Map<String, Object>> ids = new ArrayList<>();
        for (VariantRow variant : product.variants) {
            if (variants.size() < shop.variantsInWebhooks()) {
                variants.add(variant(id, variant, variants.size() + 1));
            }
            ids.add(ShopPayloads.object("admin_graphql_api_id", Catalogue.VARIANTS.gid(variant.slot), "updated_at",
                    ShopPayloads.time(variant.updatedAt, zone)));
        }
        return ShopPayloads.object("admin_graphql_api_id", Catalogue.PRODUCTS.gid(product.slot), "body_html", null,
                "created_at", ShopPayloads.time(product.createdAt, zone), "handle", product.handle(), "id", id,
                "product_type", product.productType, "published_at", ShopPayloads.time(product.createdAt, zone),
                "template_suffix", null, "title", product.title, "updated_at",
                ShopPayloads.time(product.updatedAt, zone), "vendor", "Tillbridge Demo", "status",
                product.status.toLowerCase(Locale.ROOT), "published_scope", "web", "tags", "", "variants", variants,
                "options", options(id, product), "images", List.of(), "image", null, "variant_gids", ids,
                "has_variants_that_requires_components", false, "category", null);
    }

    private Map<String, Object> variant(long product, VariantRow variant, int position) {
        int quantity = 0;
        for (LocationRow location : shop.book().catalogue().locations()) {
            quantity += location.active && location.stocked(variant.slot) ? location.available(variant.slot) : 0;
        }
        return ShopPayloads.object("admin_graphql_api_id", Catalogue.VARIANTS.gid(variant.slot), "barcode", variant.barcode,
                "compare_at_price",
                variant.compareAtCents < 0 ? null : BigDecimal.valueOf(variant.compareAtCents, 2).toPlainString(),
                "created_at", ShopPayloads.time(variant.createdAt, zone), "id", Catalogue.VARIANTS.id(variant.slot),
                "inventory_policy", variant.continueSelling ? "continue" : "deny", "position", position, "price",
                shop.money(variant.price), "product_id", product, "sku", variant.sku, "taxable", variant.taxable, "title",
                variant.title, "updated_at", ShopPayloads.time(variant.updatedAt, zone), "option1", option(variant, 0),
                "option2", option(variant, 1), "option3", option(variant, 2), "image_id", null, "inventory_item_id",
                Catalogue.ITEMS.id(variant.slot), "inventory_quantity", quantity, "old_inventory_quantity", quantity);
    }

    private static String option(VariantRow variant, int at) {
        if (variant.options.isEmpty()) {
            return at == 0 ? variant.title : null;
        }
        return at < variant.options.size() ? variant.options.get(at) : null;
    }

    private static List<Map<String, Object>> options(long product, ProductRow row) {
        List<String> names = row.optionNames.isEmpty() ? List.of("Title") : row.optionNames;
        List<Map<String, Object>> options = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            LinkedHashSet<String> values = new LinkedHashSet<>();
            for (VariantRow variant : row.variants) {
                values.add(option(variant, at));
            }
            options.add(ShopPayloads.object("name", names.get(at), "id", product + at + 1, "product_id", product, "position",
                    at + 1, "values", values));
        }
        return options;
    }
}
