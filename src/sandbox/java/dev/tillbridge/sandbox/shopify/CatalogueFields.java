package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Products and variants. */
final class CatalogueFields {

    private CatalogueFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class)
                .scoped("read_products", "products", (root, arguments, call) -> products(arguments, call))
                .scoped("read_products", "product",
                        (root, arguments, call) -> call.catalogue().product(arguments.text("id")).orElse(null))
                .scoped("read_products", "productVariants", (root, arguments, call) -> variants(arguments, call))
                .scoped("read_products", "productVariant",
                        (root, arguments, call) -> call.catalogue().variant(arguments.text("id")).orElse(null))
                .scoped("read_products", "productsCount",
                        (root, arguments, call) -> count(products(arguments, call), arguments))
                .scoped("read_products", "productVariantsCount",
                        (root, arguments, call) -> count(variants(arguments, call), arguments));
        addProduct(table.type("Product", ProductRow.class));
        addVariant(table.type("ProductVariant", VariantRow.class));
        table.type("Collection", CollectionRow.class).plain("id", CollectionRow::gid).plain("title", CollectionRow::title);
    }

    private static void addProduct(FieldTable.Of<ProductRow> type) {
        type.plain("id", row -> Catalogue.PRODUCTS.gid(row.slot))
                .plain("legacyResourceId", row -> Long.toString(Catalogue.PRODUCTS.id(row.slot)))
                .plain("title", ProductRow::title).plain("handle", ProductRow::handle).plain("status", ProductRow::status)
                .plain("vendor", row -> "Tillbridge Demo").plain("productType", row -> row.productType)
                .plain("tags", row -> List.of())
                .plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt))
                .plain("tracksInventory", row -> row.variants.stream().anyMatch(each -> each.tracked))
                .with("totalInventory", (row, arguments, call) -> row.variants.stream().filter(each -> each.tracked)
                        .mapToInt(each -> total(each, call)).sum())
                .plain("variantsCount", row -> Map.of("count", row.variants.size(), "precision", "EXACT"))
                .plain("hasOnlyDefaultVariant", row -> row.variants.size() == 1 && row.optionNames.isEmpty())
                .with("collections",
                        (row, arguments, call) -> Listing.byId(CollectionRow.of(row.collections), CollectionRow::position))
                .with("variants", (row, arguments, call) -> Listing.byId(row.variants,
                        each -> Catalogue.VARIANTS.id(each.slot)));
    }

    private static void addVariant(FieldTable.Of<VariantRow> type) {
        type.plain("id", row -> Catalogue.VARIANTS.gid(row.slot))
                .plain("legacyResourceId", row -> Long.toString(Catalogue.VARIANTS.id(row.slot)))
                .plain("title", VariantRow::title)
                .plain("displayName", row -> row.product.title + " - " + row.title)
                .plain("sku", VariantRow::sku).plain("barcode", VariantRow::barcode)
                .with("price", (row, arguments, call) -> call.shop().money(row.price))
                .plain("compareAtPrice",
                        row -> row.compareAtCents < 0 ? null : BigDecimal.valueOf(row.compareAtCents, 2).toPlainString())
                .plain("taxable", row -> row.taxable).plain("position", row -> row.product.variants.indexOf(row) + 1)
                .plain("inventoryPolicy", row -> row.continueSelling ? "CONTINUE" : "DENY")
                .with("inventoryQuantity", (row, arguments, call) -> total(row, call))
                .plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt))
                .plain("selectedOptions", CatalogueFields::options)
                .plain("product", row -> row.product)
                .scoped("read_inventory", "inventoryItem", (row, arguments, call) -> new ItemRow(row));
    }

    /** A product without options has one that stands for none. */
    private static List<Map<String, String>> options(VariantRow row) {
        if (row.options.isEmpty()) {
            return List.of(Map.of("name", row.title.equals("Default Title") ? "Title" : "Size", "value", row.title));
        }
        List<Map<String, String>> chosen = new ArrayList<>();
        for (int at = 0; at < row.options.size(); at++) {
            chosen.add(Map.of("name", row.product.optionNames.get(at), "value", row.options.get(at)));
        }
        return chosen;
    }

    private static int total(VariantRow variant, Call call) {
        int sum = 0;
        for (LocationRow location : call.catalogue().locations()) {
            sum += location.active && location.stocked(variant.slot) ? location.available(variant.slot) : 0;
        }
        return sum;
    }

    private static Listing<ProductRow> products(Arguments arguments, Call call) {
        Catalogue catalogue = call.catalogue();
        Predicate<ProductRow> filter = Filters.products(call, "products", arguments.text("query"));
        String key = arguments.text("sortKey");
        if (key == null || key.equals("ID") || key.equals("RELEVANCE")) {
            return Listing.live(catalogue.products(), Catalogue.PRODUCTS, row -> row, row -> row.slot, filter);
        }
        List<ProductRow> found = filtered(catalogue.products(), filter);
        return Listing.sorted(found, row -> Catalogue.PRODUCTS.id(row.slot), switch (key) {
            case "UPDATED_AT" -> row -> catalogue.indexed(row).updatedAt();
            case "CREATED_AT", "PUBLISHED_AT" -> row -> row.createdAt;
            case "TITLE" -> row -> row.title;
            default -> throw unsupportedSort(key);
        });
    }

    private static Listing<VariantRow> variants(Arguments arguments, Call call) {
        Catalogue catalogue = call.catalogue();
        Predicate<VariantRow> filter = Filters.variants(call, "productVariants", arguments.text("query"));
        String key = arguments.text("sortKey");
        if (key == null || key.equals("ID") || key.equals("RELEVANCE")) {
            return Listing.live(catalogue.variants(), Catalogue.VARIANTS, row -> row, row -> row.slot, filter);
        }
        List<VariantRow> found = filtered(catalogue.variants(), filter);
        return Listing.sorted(found, row -> Catalogue.VARIANTS.id(row.slot), switch (key) {
            case "SKU" -> row -> row.sku;
            case "TITLE" -> row -> row.title;
            case "NAME" -> row -> row.product.title + row.title;
            default -> throw unsupportedSort(key);
        });
    }

    private static ShopifyError unsupportedSort(String key) {
        return new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox does not simulate the sort key " + key + ".");
    }

    private static <T> List<T> filtered(List<T> rows, Predicate<T> filter) {
        List<T> found = new ArrayList<>();
        for (T row : rows) {
            if (row != null && filter.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    /** Counts stop at the limit, 10,000 unless told, and say so. */
    private static <T> Map<String, Object> count(Listing<T> listing, Arguments arguments) {
        Integer limit = arguments.integer("limit");
        int count = 0;
        boolean exact = true;
        for (int place = 0; place < listing.size() && exact; place++) {
            if (Objects.nonNull(listing.at(place))) {
                exact = limit == null || count < limit;
                count += exact ? 1 : 0;
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("count", count);
        answer.put("precision", exact ? "EXACT" : "AT_LEAST");
        return answer;
    }
}
