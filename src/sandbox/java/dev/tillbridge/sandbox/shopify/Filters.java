package dev.tillbridge.sandbox.shopify;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The filters of each list, named as the schema's descriptions of {@code query} name them. They look at the search index, which
 * lags behind writes.
 */
final class Filters {

    private static final Set<String> OTHER_PRODUCT = Set.of("bundles", "category_id", "collection_id",
            "combined_listing_role", "delivery_profile_id", "error_feedback", "gift_card", "has_only_composites",
            "has_only_default_variant", "has_variant_with_components", "inventory_total", "is_price_reduced",
            "out_of_stock_somewhere", "price", "product_configuration_owner", "product_publication_status", "product_type",
            "publication_ids", "publishable_status", "published_at", "published_status", "tag", "tag_not",
            "tracks_inventory", "variant_id", "variant_title", "vendor");
    private static final Set<String> OTHER_VARIANT = Set.of("collection", "delivery_profile_id", "exclude_composite",
            "exclude_variants_with_components", "gift_card", "inventory_quantity", "location_id", "managed", "managed_by",
            "product_ids", "product_publication_status", "product_type", "publishable_status", "published_status",
            "requires_components", "tag", "tag_not", "taxable", "vendor");

    private static final Set<String> OTHER_ORDER = Set.of("cart_token", "channel", "channel_id", "chargeback_status",
            "checkout_token", "confirmation_number", "current_total_price", "customer_id", "delivery_method", "discount_code",
            "email", "fraud_protection_level", "fulfillment_location_id", "gateway", "location_id", "payment_id",
            "payment_provider_id", "po_number", "reference_location_id", "return_status", "risk_level", "sales_channel", "sku",
            "subtotal_line_items_quantity", "test", "total_weight");

    private Filters() {}

    static Predicate<ProductRow> products(Call call, String path, String query) {
        Catalogue catalogue = call.catalogue();
        Predicate<ProductRow> found = run(call, path, query, new Search<ProductRow>(field -> switch (field) {
            case "id" -> Search.id("Product", row -> Catalogue.PRODUCTS.id(row.slot));
            case "updated_at" -> Search.time(row -> catalogue.indexed(row).updatedAt());
            case "created_at" -> Search.time(row -> row.createdAt);
            case "status" -> Search.text((row, test) -> test.test(catalogue.indexed(row).status()));
            case "title" -> Search.text((row, test) -> test.test(catalogue.indexed(row).title()));
            case "handle" -> Search.text((row, test) -> test.test(row.handle()));
            case "sku" -> Search.text((row, test) -> row.variants.stream()
                    .anyMatch(each -> test.test(catalogue.indexed(each).sku())));
            case "barcode" -> Search.text((row, test) -> row.variants.stream()
                    .anyMatch(each -> test.test(catalogue.indexed(each).barcode())));
            case "" -> term -> row -> contains(catalogue.indexed(row).title(), term.value())
                    || row.variants.stream().anyMatch(each -> contains(catalogue.indexed(each).sku(), term.value()));
            default -> null;
        }, OTHER_PRODUCT));
        return blank(query) ? found : found.and(row -> catalogue.indexed(row).present());
    }

    static Predicate<VariantRow> variants(Call call, String path, String query) {
        Catalogue catalogue = call.catalogue();
        Predicate<VariantRow> found = run(call, path, query, new Search<VariantRow>(field -> switch (field) {
            case "id" -> Search.id("ProductVariant", row -> Catalogue.VARIANTS.id(row.slot));
            case "product_id" -> Search.id("Product", row -> Catalogue.PRODUCTS.id(row.product.slot));
            case "product_status" -> Search.text((row, test) -> test.test(catalogue.indexed(row.product).status()));
            case "updated_at" -> Search.time(row -> catalogue.indexed(row).updatedAt());
            case "sku" -> Search.text((row, test) -> test.test(catalogue.indexed(row).sku()));
            case "barcode" -> Search.text((row, test) -> test.test(catalogue.indexed(row).barcode()));
            case "title" -> Search.text((row, test) -> test.test(catalogue.indexed(row).title()));
            case "" -> term -> row -> contains(catalogue.indexed(row).sku(), term.value())
                    || contains(catalogue.indexed(row).barcode(), term.value())
                    || contains(row.product.title, term.value());
            default -> null;
        }, OTHER_VARIANT));
        return blank(query) ? found : found.and(row -> catalogue.indexed(row).present());
    }

    static Predicate<ItemRow> items(Call call, String path, String query) {
        Catalogue catalogue = call.catalogue();
        Predicate<ItemRow> found = run(call, path, query, new Search<ItemRow>(field -> switch (field) {
            case "id" -> Search.id("InventoryItem", row -> Catalogue.ITEMS.id(row.variant().slot));
            case "updated_at" -> Search.time(row -> catalogue.indexed(row.variant()).itemUpdatedAt());
            case "created_at" -> Search.time(row -> row.variant().createdAt);
            case "sku" -> Search.text((row, test) -> test.test(catalogue.indexed(row.variant()).sku()));
            default -> null;
        }, Set.of()));
        return blank(query) ? found : found.and(row -> catalogue.indexed(row.variant()).present());
    }

    /** @param lagging whether {@code updated_at} shows changes late; not settled for levels, hence a switch */
    static Predicate<LevelRow> levels(Call call, String query, boolean lagging) {
        Catalogue catalogue = call.catalogue();
        return run(call, "inventoryLevels", query, new Search<LevelRow>(field -> switch (field) {
            case "id" -> Search.id("InventoryLevel", row -> Catalogue.LEVELS.id(row.location().slot));
            case "inventory_item_id" -> Search.id("InventoryItem", row -> Catalogue.ITEMS.id(row.variant().slot));
            case "updated_at" -> lagging
                    ? Search.time(row -> catalogue.indexedUpdate(row.location(), row.variant()))
                    : Search.time(row -> row.location().updated(row.variant().slot));
            case "created_at" -> Search.time(row -> row.location().created(row.variant().slot));
            default -> null;
        }, Set.of("inventory_group_id")));
    }

    static Predicate<OrderRow> orders(Call call, String query) {
        OrderBook orders = call.book().orders();
        Predicate<OrderRow> found = run(call, "orders", query, new Search<OrderRow>(field -> switch (field) {
            case "id" -> Search.id("Order", row -> OrderBook.ORDERS.id(row.slot));
            case "created_at" -> Search.time(row -> row.createdAt);
            case "processed_at" -> Search.time(row -> row.processedAt);
            case "updated_at" -> Search.time(row -> orders.indexed(row).updatedAt());
            case "source_identifier" -> Search.text((row, test) -> test.test(row.sourceIdentifier));
            case "source_name" -> Search.text((row, test) -> test.test(row.sourceName));
            case "name" -> Search.text((row, test) -> test.test(orders.indexed(row).name())
                    || test.test(orders.indexed(row).name().replaceFirst("^#", "")));
            case "tag" -> Search.text((row, test) -> orders.indexed(row).tags().stream().anyMatch(test));
            case "tag_not" -> Search.text((row, test) -> orders.indexed(row).tags().stream().noneMatch(test));
            case "financial_status" -> Search.text((row, test) -> test.test(orders.indexed(row).financialStatus()));
            case "fulfillment_status" -> Search.text((row, test) -> fulfillment(orders.indexed(row)).anyMatch(test));
            case "status" -> status(orders);
            case "" -> term -> row -> contains(orders.indexed(row).name(), term.value());
            default -> null;
        }, OTHER_ORDER));
        return blank(query) ? found : found.and(row -> orders.indexed(row).present());
    }

    /** Each status under all the names the filter knows it by. */
    private static Stream<String> fulfillment(OrderFacts facts) {
        return switch (facts.fulfillmentStatus()) {
            case "FULFILLED" -> Stream.of("fulfilled", "shipped");
            case "PARTIALLY_FULFILLED" -> Stream.of("partial", "unfulfilled");
            case "UNFULFILLED" -> Stream.of("unfulfilled", "unshipped");
            default -> Stream.of(facts.fulfillmentStatus());
        };
    }

    private static Search.Filter<OrderRow> status(OrderBook orders) {
        return term -> switch (term.value().toLowerCase(Locale.ROOT)) {
            case "any" -> row -> true;
            case "open" -> row -> !orders.indexed(row).closed() && !orders.indexed(row).cancelled();
            case "closed" -> row -> orders.indexed(row).closed();
            case "not_closed" -> row -> !orders.indexed(row).closed();
            case "cancelled" -> row -> orders.indexed(row).cancelled();
            default -> null;
        };
    }

    static Predicate<BulkOperationRow> bulkOperations(Call call, String query) {
        return run(call, "bulkOperations", query, new Search<BulkOperationRow>(field -> switch (field) {
            case "id" -> Search.id("BulkOperation", row -> Gid.number("BulkOperation", row.id()));
            case "created_at" -> Search.time(BulkOperationRow::createdAt);
            case "status" -> Search.text((row, test) -> test.test(row.status()));
            case "operation_type" -> Search.text((row, test) -> test.test("QUERY"));
            default -> null;
        }, Set.of()));
    }

    private static <T> Predicate<T> run(Call call, String path, String query, Search<T> search) {
        Predicate<T> found = search.parse(query);
        search.warnings().forEach(warning -> call.ignored(path, query, warning));
        return found;
    }

    private static boolean blank(String query) {
        return query == null || query.isBlank();
    }

    private static boolean contains(String text, String part) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
