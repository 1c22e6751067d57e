package dev.tillbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A catalogue of products with 1 to 100 variants and up to three options, and what a till that sells it must show. */
public final class RandomProducts {

    private record Variant(String sku, long cents, List<String> options) {}

    private record Product(String title, String type, List<String> options, List<Variant> variants) {}

    private final List<Product> catalogue;

    private RandomProducts(List<Product> catalogue) {
        this.catalogue = catalogue;
    }

    /** What puts them into the simulated shop, one by one. */
    public List<String> bodies() {
        return catalogue.stream().map(RandomProducts::json).toList();
    }

    public int variants() {
        return catalogue.stream().mapToInt(product -> product.variants().size()).sum();
    }

    public static RandomProducts of(Random random, int count) {
        List<Product> catalogue = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int kind = random.nextInt(100);
            int variants = kind < 60 ? 1 : kind < 92 ? 2 + random.nextInt(5) : kind < 99 ? 7 + random.nextInt(12) : 100;
            int options = 1 + random.nextInt(3);
            int base = (int) Math.ceil(Math.pow(variants, 1.0 / options) - 1e-9);
            List<String> names = List.of("Size", "Colour", "Cut").subList(0, options);
            List<Variant> rows = new ArrayList<>();
            for (int at = 0; at < variants; at++) {
                List<String> values = new ArrayList<>();
                int left = at;
                for (String name : names) {
                    values.add(name.charAt(0) + String.valueOf(left % base));
                    left /= base;
                }
                rows.add(new Variant("P" + number + "-" + at, 100 + random.nextInt(9_900), values));
            }
            // Some titles are the same, as they are in real shops.
            catalogue.add(new Product("Product " + random.nextInt(count), "Kind " + random.nextInt(12), names, rows));
        }
        return new RandomProducts(catalogue);
    }

    private static String json(Product product) {
        JsonArray variants = new JsonArray();
        product.variants().forEach(variant -> variants.add(new JsonObject().put("sku", variant.sku())
                .put("price", variant.cents() / 100 + "." + String.format("%02d", variant.cents() % 100))
                .put("options", new JsonArray(variant.options())).put("available", 5)));
        return new JsonObject().put("title", product.title()).put("productType", product.type())
                .put("options", new JsonArray(product.options())).put("variants", variants).encode();
    }

    /** Each thing once, and as it is in the shop; the till was empty before. */
    public void isOn(TillShelf till) {
        Map<String, JsonNode> bySku = new HashMap<>();
        till.items.forEach(item -> assertThat(bySku.put(item.path("sku").asText(), item)).as("twice: %s", item).isNull());
        int items = 0;
        int groups = 0;
        int attributes = 0;
        int options = 0;
        Set<String> kinds = new HashSet<>();
        for (Product product : catalogue) {
            kinds.add(product.type());
            Set<String> itsGroups = new HashSet<>();
            boolean grouped = product.variants().size() > 1;
            for (Variant variant : product.variants()) {
                items++;
                JsonNode item = bySku.get(variant.sku());
                assertThat(item).as(variant.sku()).isNotNull();
                assertThat(item.path("price").asLong()).isEqualTo(variant.cents());
                assertThat(item.path("categories").path("elements").findValuesAsText("name")).containsExactly(product.type());
                itsGroups.add(item.path("itemGroup").path("id").asText());
                Set<String> chosen = new LinkedHashSet<>();
                for (int at = 0; grouped && at < product.options().size(); at++) {
                    chosen.add(product.options().get(at) + "=" + variant.options().get(at));
                }
                assertThat(till.optionsOf(item)).isEqualTo(chosen);
            }
            assertThat(itsGroups).hasSize(1);
            if (grouped) {
                groups++;
                attributes += product.options().size();
                for (int at = 0; at < product.options().size(); at++) {
                    int option = at;
                    options += (int) product.variants().stream().map(variant -> variant.options().get(option)).distinct()
                            .count();
                }
                assertThat(till.groups.get(itsGroups.iterator().next()).path("name").asText()).isEqualTo(product.title());
            }
        }
        assertThat(till.items).hasSize(items);
        assertThat(till.groups).hasSize(groups);
        assertThat(till.attributes).hasSize(attributes);
        assertThat(till.options).hasSize(options);
        assertThat(till.categories).containsExactlyInAnyOrderElementsOf(kinds);
    }
}
