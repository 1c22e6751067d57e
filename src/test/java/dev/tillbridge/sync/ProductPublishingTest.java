package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastProducts;
import dev.tillbridge.testing.SandboxResource;

/**
 * A large catalogue published to an empty till while answers are lost and the lease is taken away, as by a process that was
 * killed, five times: in the end each thing is there once. {@code -Dproducts.count} makes it smaller or larger, {@code
 * -Dproducts.seed} another.
 */
@QuarkusTest
@TestProfile(FastProducts.class)
@QuarkusTestResource(SandboxResource.class)
class ProductPublishingTest {

    private static final int PRODUCTS = Integer.getInteger("products.count", 1_000);
    private static final long SEED = Long.getLong("products.seed", 4L);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int INTERRUPTIONS = 5;
    private static final List<String> FAULTS = List.of("RESET_AFTER", "RESET_BEFORE", "SERVER_ERROR_AFTER", "TRUNCATED_JSON");

    private record Variant(String sku, long cents, List<String> options) {}

    private record Product(String title, String type, List<String> options, List<Variant> variants) {}

    @AfterEach
    void disconnect() {
        ControlApi.delete("/faults");
        Installation.disconnectAll();
    }

    @Test
    void a_catalogue_is_published_whole_and_nothing_twice_whatever_is_lost_on_the_way() {
        // Given
        Random random = new Random(SEED);
        Installation shop = Installation.empty();
        List<Product> catalogue = catalogue(random);
        catalogue.forEach(product -> ControlApi.send("POST", "/shopify/products", json(product)));
        int variants = catalogue.stream().mapToInt(product -> product.variants().size()).sum();
        shop.run(true);
        for (String fault : FAULTS) {
            for (String operation : List.of("items.create", "item_groups.create", "attributes.*", "option_items.post",
                    "categor*")) {
                ControlApi.post("/faults", "{\"side\":\"clover\",\"operation\":\"" + operation + "\",\"kind\":\"" + fault
                        + "\",\"probability\":0.002}");
            }
        }

        // When
        shop.put("{\"productSync\":{\"enabled\":true}}").statusCode(200);
        for (int interruption = 1; interruption <= INTERRUPTIONS; interruption++) {
            int reached = variants * (interruption - 1) / INTERRUPTIONS + random.nextInt(Math.max(1, variants / INTERRUPTIONS));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> linked() >= reached);
            takeTheLeaseAway();
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> linked() == variants && open() == 0);

        // Then
        ControlApi.delete("/faults");
        holds(catalogue, TillShelf.read());
        assertThat(count("select count(*) from product_publication where status <> 'DONE' or left_out <> '[]'")).isZero();
        // And nothing more is made.
        long calls = ControlApi.calls("items.create");
        shop.run(true, "products");
        assertThat(ControlApi.calls("items.create")).isEqualTo(calls);
    }

    /** Another holder has it for a moment: whatever the engine is doing can no longer be stored. */
    private static void takeTheLeaseAway() {
        database().run("""
                update store_lease set owner = 'another', fence = fence + 1, held_until = clock_timestamp() + interval '1 second',
                  due_at = clock_timestamp() + interval '1 second'""");
    }

    private static long linked() {
        return count("select count(*) from link");
    }

    private static long open() {
        return count("select count(*) from product_publication where status <> 'DONE'")
                + count("select count(*) from till_creation where till_id is null");
    }

    private static long count(String sql) {
        return database().count(sql);
    }

    private static PlainDatabase database() {
        return PlainDatabase.over(Arc.container().instance(Pool.class).get());
    }

    private static List<Product> catalogue(Random random) {
        List<Product> catalogue = new ArrayList<>();
        for (int number = 0; number < PRODUCTS; number++) {
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
            catalogue.add(new Product("Product " + random.nextInt(PRODUCTS), "Kind " + random.nextInt(12), names, rows));
        }
        return catalogue;
    }

    private static String json(Product product) {
        JsonArray variants = new JsonArray();
        product.variants().forEach(variant -> variants.add(new JsonObject().put("sku", variant.sku())
                .put("price", variant.cents() / 100 + "." + String.format("%02d", variant.cents() % 100))
                .put("options", new JsonArray(variant.options())).put("available", 5)));
        return new JsonObject().put("title", product.title()).put("productType", product.type())
                .put("options", new JsonArray(product.options())).put("variants", variants).encode();
    }

    private static void holds(List<Product> catalogue, TillShelf till) {
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
