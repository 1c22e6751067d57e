package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopCostTest extends ShopTestCase {

    private static final String DEAR = "{ productVariants(first: 250) { nodes { id inventoryItem { id inventoryLevels(first: 50) { "
            + "nodes { location { id } quantities(names: [\"available\"]) { quantity } } } } } } }";

    @BeforeEach
    void limited() {
        shop.control("POST", "/limits", Map.of("shopify", true));
    }

    @Test
    void costsAreThoseOfTheRecordings() {
        assertThat(requested("{ shop { name } }")).isEqualTo(1);
        assertThat(requested("query { bulkOperation(id: \"gid://shopify/BulkOperation/1\") { id } }")).isEqualTo(1);
        // inventoryItem { inventoryLevels(first: 5) { nodes { location quantities } } }: 12 requested, 6 with one level.
        variant("C", "1.00", 1);
        String item = stocked("C").item();
        JsonNode cost = cost("{ inventoryItem(id: \"" + item + "\") { id inventoryLevels(first: 5) { nodes { location { id } "
                + "quantities(names: [\"available\"]) { quantity } } } } }");
        assertThat(cost.get("requestedQueryCost").asInt()).isEqualTo(12);
        assertThat(cost.get("actualQueryCost").asInt()).isEqualTo(6);
        assertThat(
                requested("mutation { inventorySetQuantities(input: {name: \"available\", reason: \"correction\", quantities: "
                        + "[]}) @idempotent(key: \"x\") { inventoryAdjustmentGroup { changes { item { id } location { id } } } userErrors { "
                        + "code } } }"))
                .isEqualTo(13);
        assertThat(requested("{ products(first: 10) { nodes { id } } }")).isEqualTo(6);
        assertThat(requested("{ productVariants(first: 250) { edges { node { id inventoryItem { id } } } } }")).isEqualTo(24);
    }

    @Test
    void theDifferenceIsGivenBackAndTheBucketRefills() throws InterruptedException {
        JsonNode status = cost("{ productVariants(first: 250) { nodes { id } } }").get("throttleStatus");
        assertThat(status.get("maximumAvailable").asDouble()).isEqualTo(2000);
        assertThat(status.get("restoreRate").asDouble()).isEqualTo(100);
        assertThat(status.get("currentlyAvailable").asInt()).isBetween(1998, 2000);
        Thread.sleep(100);
        assertThat(cost("{ shop { id } }").at("/throttleStatus/currentlyAvailable").asInt()).isEqualTo(1999);
    }

    @Test
    void aQueryOfMoreThanAThousandPointsIsRefusedOutright() {
        String tooDear = "{ a: " + DEAR.substring(2, DEAR.length() - 2) + " b: " + DEAR.substring(2, DEAR.length() - 2) + " c: "
                + DEAR.substring(2, DEAR.length() - 2) + " d: " + DEAR.substring(2, DEAR.length() - 2) + " }";
        JsonNode answer = shop.ask(tooDear);
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("MAX_COST_EXCEEDED");
        assertThat(answer.at("/errors/0/extensions/cost").asInt()).isGreaterThan(1_000);
        assertThat(answer.has("data")).isFalse();
        shop.control("POST", "/limits", Map.of("shopify", false));
        assertThat(shop.ask(tooDear).has("data")).isTrue();
    }

    @Test
    void anEmptyBucketRefusesWithThrottledAndHttp200() {
        shop.control("PUT", "/shopify/settings", Map.of("pointsPerSecond", 20));
        JsonNode refused = null;
        for (int i = 0; i < 3 && refused == null; i++) {
            JsonNode answer = shop.ask(DEAR);
            refused = answer.has("errors") ? answer : null;
        }
        assertThat(refused).as("three times %s points out of 400", requestedOf(DEAR)).isNull();
        shop.control("PUT", "/shopify/settings", Map.of("pointsPerSecond", 10));
        var response = shop.send(DEAR, Map.of());
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = ShopClient.json(response.body());
        assertThat(answer.at("/errors/0/message").asText()).isEqualTo("Throttled");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("THROTTLED");
        assertThat(answer.has("data")).isFalse();
        assertThat(answer.at("/extensions/cost/actualQueryCost").isNull()).isTrue();
        assertThat(answer.at("/extensions/cost/requestedQueryCost").asInt())
                .isGreaterThan(answer.at("/extensions/cost/throttleStatus/currentlyAvailable").asInt());
        assertThat(shop.control("GET", "/shopify/limits", Map.of()).get("throttled").asInt()).isEqualTo(1);
    }

    private static int requestedOf(String query) {
        return requested(query);
    }

    private static int requested(String query) {
        return cost(query).get("requestedQueryCost").asInt();
    }

    private static JsonNode cost(String query) {
        return shop.ask(query).at("/extensions/cost");
    }
}
