package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** A large catalogue: others are answered while a bulk operation writes it, and its result is streamed. */
class ShopScaleTest extends ShopTestCase {

    private static final int VARIANTS = 50_000;

    @Test
    void requestsAreAnsweredWhileALargeBulkOperationIsWritten() {
        shop.control("POST", "/seed",
                Map.of("seed", 5, "variants", VARIANTS, "locations", 2, "sides", java.util.List.of("shopify")));
        String id = startBulk(
                "{ productVariants { edges { node { id sku price inventoryItem { id inventoryLevels { edges { node { "
                        + "id location { id } quantities(names: [\"available\"]) { quantity } } } } } } } } }")
                .at("/bulkOperation/id").asText();
        long slowest = 0;
        int polls = 0;
        JsonNode state = bulk(id);
        while (state.get("completedAt").isNull()) {
            long begun = System.nanoTime();
            state = bulk(id);
            slowest = Math.max(slowest, System.nanoTime() - begun);
            polls++;
        }
        assertThat(state.get("status").asText()).isEqualTo("COMPLETED");
        assertThat(polls).isGreaterThan(10);
        assertThat(slowest).as("slowest answer in ns").isLessThan(2_000_000_000L);
        assertThat(state.get("rootObjectCount").asInt()).isGreaterThanOrEqualTo(VARIANTS * 9 / 10);
        assertThat(shop.lines(state.get("url").asText())).hasSize(state.get("objectCount").asInt());
    }
}
