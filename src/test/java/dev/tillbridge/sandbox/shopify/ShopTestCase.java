package dev.tillbridge.sandbox.shopify;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.Sandbox;
import dev.tillbridge.sandbox.SandboxOptions;

/** A sandbox on free ports, emptied before each test, without cost limits and with a short search lag unless a test wants them. */
abstract class ShopTestCase {

    static Sandbox sandbox;
    static ShopClient shop;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.onFreePorts().withLimits(false, false).withSearchLag(Duration.ZERO));
        shop = new ShopClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void empty() {
        sandbox.reset();
        shop.control("PUT", "/shopify/settings", Map.of("bulkMs", 40));
    }

    /** Adds a product with one variant and gives the variant's id. */
    static String variant(String sku, Object price, Object available) {
        return shop.control("POST", "/shopify/products",
                Map.of("title", "Product " + sku, "variants",
                        List.of(Map.of("sku", sku, "price", price, "available", available))))
                .get("variantIds").get(0).asText();
    }

    /** The inventory item's and first location's ids of a SKU. */
    static Stocked stocked(String sku) {
        JsonNode node = shop.data("query($q: String!) { productVariants(first: 1, query: $q) { nodes { inventoryItem { id "
                + "inventoryLevels(first: 5) { nodes { location { id } } } } } } }", Map.of("q", "sku:" + sku))
                .at("/productVariants/nodes/0/inventoryItem");
        return new Stocked(node.get("id").asText(), node.at("/inventoryLevels/nodes/0/location/id").asText());
    }

    record Stocked(String item, String location) {}

    static int available(Stocked stocked) {
        return shop.data("query($i: ID!, $l: ID!) { inventoryItem(id: $i) { inventoryLevel(locationId: $l) { "
                + "quantities(names: [\"available\"]) { quantity } } } }", Map.of("i", stocked.item, "l", stocked.location))
                .at("/inventoryItem/inventoryLevel/quantities/0/quantity").asInt();
    }

    static JsonNode startBulk(String query) {
        return shop
                .data("mutation($q: String!) { bulkOperationRunQuery(query: $q) { bulkOperation { id status objectCount url } "
                        + "userErrors { field message code } } }", Map.of("q", query))
                .get("bulkOperationRunQuery");
    }

    static JsonNode bulk(String id) {
        return shop
                .data("query($id: ID!) { bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize url "
                        + "partialDataUrl createdAt completedAt } }", Map.of("id", id))
                .get("bulkOperation");
    }

    /** Waits until the operation has ended. */
    static JsonNode ended(String id) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20))
                .until(() -> !bulk(id).get("completedAt").isNull());
        return bulk(id);
    }
}
