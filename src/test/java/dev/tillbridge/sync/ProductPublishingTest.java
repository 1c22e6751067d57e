package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastProducts;
import dev.tillbridge.testing.RandomProducts;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.TillShelf;

/**
 * A large catalogue published to an empty till while answers are lost and the lease is taken away, as by a process that was
 * killed, five times: in the end each thing is there once. {@code -Dproducts.count} makes it smaller or larger, {@code
 * -Dproducts.seed} another.
 */
@QuarkusTest
@TestProfile(FastProducts.class)
@QuarkusTestResource(SandboxResource.class)
class ProductPublishingTest {

    private static final int PRODUCTS = Integer.getInteger("products.count", 400);
    private static final long SEED = Long.getLong("products.seed", 4L);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int INTERRUPTIONS = 5;
    private static final List<String> FAULTS = List.of("RESET_AFTER", "RESET_BEFORE", "SERVER_ERROR_AFTER", "TRUNCATED_JSON");

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
        RandomProducts catalogue = RandomProducts.of(random, PRODUCTS);
        catalogue.bodies().forEach(product -> ControlApi.send("POST", "/shopify/products", product));
        int variants = catalogue.variants();
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
        catalogue.isOn(TillShelf.read());
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
}
