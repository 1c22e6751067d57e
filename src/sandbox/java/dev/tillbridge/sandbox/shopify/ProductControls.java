package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.catalog.SeedRow;
import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** Products as a person makes and changes them in the shop. */
final class ProductControls {

    private static final List<String> STATUSES = List.of("ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED");

    void add(ShopifyControls controls, ControlRoutes routes) {
        controls.add(routes, "POST", "/shopify/products",
                "Adds a product; with \"options\" each variant gives a value for each of them.",
                "{\"title\": \"Tea\", \"productType\": \"Drinks\", \"collections\": [\"New\"], \"options\": [\"Size\"],"
                        + " \"variants\": [{\"sku\": \"TEA-1\", \"price\": \"4.50\", \"options\": [\"Small\"],"
                        + " \"available\": [10, 2]}]}",
                this::make);
        controls.add(routes, "PUT", "/shopify/products",
                "Changes the product that has this SKU, or this id: title, type, status (ACTIVE, ARCHIVED, DRAFT, UNLISTED),"
                        + " collections; variants are added to it.",
                "{\"sku\": \"TEA-1\", \"title\": \"Green tea\", \"status\": \"ARCHIVED\"}", this::change);
    }

    private Object make(ControlRequest request, Shop shop) {
        request.only("shop", "title", "productType", "status", "collections", "options", "variants");
        List<JsonNode> bodies = variants(request);
        if (bodies.isEmpty()) {
            throw new BadControlInput("Give \"variants\", at least one.");
        }
        List<String> options = texts(request.body().path("options"));
        String status = status(request, "ACTIVE");
        String title = request.text("title");
        ProductRow product = shop.book().addProduct(title,
                bodies.stream().map(each -> row(title, options, each, shop.decimals())).toList());
        product.productType = request.text("productType", "");
        product.status = status;
        product.collections = texts(request.body().path("collections"));
        product.optionNames = options;
        choose(product, 0, bodies);
        return answer(product);
    }

    private Object change(ControlRequest request, Shop shop) {
        request.only("shop", "sku", "productId", "title", "productType", "status", "collections", "options", "variants");
        String id = request.text("productId", null);
        ProductRow product = id == null
                ? ShopifyControls.found(() -> shop.book().bySku(request.text("sku"))).get(0).product
                : shop.book().catalogue().product(id).orElseThrow(() -> new BadControlInput("There is no product " + id + "."));
        String status = status(request, product.status);
        shop.book().change(product, () -> {
            product.title = request.text("title", product.title);
            product.productType = request.text("productType", product.productType);
            product.status = status;
            product.collections = request.has("collections")
                    ? texts(request.body().path("collections"))
                    : product.collections;
            product.optionNames = request.has("options") ? texts(request.body().path("options")) : product.optionNames;
        });
        int before = product.variants.size();
        List<JsonNode> bodies = variants(request);
        bodies.forEach(each -> shop.book().addVariant(product, row(product.title, product.optionNames, each, shop.decimals())));
        choose(product, before, bodies);
        return answer(product);
    }

    private static List<JsonNode> variants(ControlRequest request) {
        List<JsonNode> bodies = new ArrayList<>();
        request.body().path("variants").forEach(bodies::add);
        return bodies;
    }

    /** @param decimals of the shop's currency */
    private static SeedRow.ShopVariant row(String title, List<String> options, JsonNode each, int decimals) {
        List<String> values = texts(each.path("options"));
        if (values.size() != options.size()) {
            throw new BadControlInput("Each variant gives a value for each of the product's \"options\".");
        }
        List<Integer> available = new ArrayList<>();
        each.path("available").forEach(units -> available.add(units.intValue()));
        if (each.path("available").isInt()) {
            available.add(each.path("available").intValue());
        }
        // Shopify's own title of a variant: its values, separated so.
        String name = values.isEmpty() ? each.path("title").asText("Default Title") : String.join(" / ", values);
        return new SeedRow.ShopVariant(0, title, name, each.path("sku").asText(null), each.path("barcode").asText(null),
                each.has("price")
                        ? ShopifyControls.amount(each.get("price"), decimals).unscaledValue().longValueExact()
                        : 0,
                each.path("tracked").asBoolean(true),
                available);
    }

    private static void choose(ProductRow product, int from, List<JsonNode> bodies) {
        for (int at = 0; at < bodies.size(); at++) {
            product.variants.get(from + at).options = texts(bodies.get(at).path("options"));
        }
    }

    private static String status(ControlRequest request, String present) {
        String status = request.text("status", present);
        if (!STATUSES.contains(status)) {
            throw new BadControlInput("\"status\" is one of " + String.join(", ", STATUSES) + ".");
        }
        return status;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Map<String, Object> answer(ProductRow product) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("productId", Catalogue.PRODUCTS.gid(product.slot));
        answer.put("variantIds", product.variants.stream().map(each -> Catalogue.VARIANTS.gid(each.slot)).toList());
        return answer;
    }
}
