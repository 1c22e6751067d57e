package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopBulkTest extends ShopTestCase {

    private static final String CATALOGUE = "{ productVariants { edges { node { __typename id title sku product { id status } "
            + "inventoryItem { id tracked inventoryLevels { edges { node { __typename id item { id } location { id } "
            + "quantities(names: [\"available\"]) { name quantity } } } } } } } } }";

    @Test
    void aRunGoesFromCreatedToCompletedWithCountsAsText() {
        seed(40);
        JsonNode started = startBulk(CATALOGUE);
        assertThat(started.get("userErrors")).isEmpty();
        assertThat(started.at("/bulkOperation/status").asText()).isEqualTo("CREATED");
        assertThat(started.at("/bulkOperation/url").isNull()).isTrue();
        JsonNode done = ended(started.at("/bulkOperation/id").asText());
        assertThat(done.get("status").asText()).isEqualTo("COMPLETED");
        assertThat(done.get("objectCount").isTextual()).isTrue();
        List<JsonNode> lines = shop.lines(done.get("url").asText());
        assertThat(lines).hasSize(Integer.parseInt(done.get("objectCount").asText()));
        long roots = lines.stream().filter(line -> !line.has("__parentId")).count();
        assertThat(done.get("rootObjectCount").asText()).isEqualTo(Long.toString(roots));
        assertThat(roots).isEqualTo(
                shop.data("{ productVariantsCount { count } }").at("/productVariantsCount/count").asLong());
        assertThat(done.get("fileSize").isTextual()).isTrue();
    }

    @Test
    void childrenNameTheirParentNodeAndMayComeAfterOtherParents() {
        seed(60);
        List<JsonNode> lines = shop.lines(ended(startBulk(CATALOGUE).at("/bulkOperation/id").asText()).get("url").asText());
        Map<String, Integer> placeOfParent = new HashMap<>();
        Map<String, String> itemOfParent = new HashMap<>();
        boolean apart = false;
        String lastParent = null;
        int children = 0;
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            if (!line.has("__parentId")) {
                lastParent = line.get("id").asText();
                placeOfParent.put(lastParent, i);
                itemOfParent.put(lastParent, line.at("/inventoryItem/id").asText());
                assertThat(line.get("__typename").asText()).isEqualTo("ProductVariant");
                assertThat(line.get("inventoryItem").has("inventoryLevels")).isFalse();
            } else {
                children++;
                String parent = line.get("__parentId").asText();
                assertThat(placeOfParent).containsKey(parent);
                assertThat(line.at("/item/id").asText()).isEqualTo(itemOfParent.get(parent));
                assertThat(line.at("/quantities/0/name").asText()).isEqualTo("available");
                apart |= !parent.equals(lastParent);
            }
        }
        assertThat(children).isGreaterThan(60);
        assertThat(apart).isTrue();
    }

    @Test
    void theSameSeedWritesTheSameFileWhateverIsAskedAgain() {
        seed(30);
        List<JsonNode> first = shop.lines(ended(startBulk(CATALOGUE).at("/bulkOperation/id").asText()).get("url").asText());
        sandbox.reset();
        shop.control("PUT", "/shopify/settings", Map.of("bulkMs", 40));
        seed(30);
        assertThat(shop.lines(ended(startBulk(CATALOGUE).at("/bulkOperation/id").asText()).get("url").asText()))
                .isEqualTo(first);
    }

    @Test
    void aRunWithoutRowsHasNoUrl() {
        JsonNode done = ended(startBulk("{ products(query: \"sku:none\") { edges { node { id } } } }")
                .at("/bulkOperation/id").asText());
        assertThat(done.get("status").asText()).isEqualTo("COMPLETED");
        assertThat(done.get("url").isNull()).isTrue();
        assertThat(done.get("objectCount").asText()).isEqualTo("0");
    }

    @Test
    void nestedConnectionsFollowTwoLevelsDeep() {
        seed(10);
        JsonNode done = ended(
                startBulk("{ products { edges { node { id title variants { edges { node { id sku inventoryItem { id "
                        + "inventoryLevels { edges { node { id } } } } } } } } } } }").at("/bulkOperation/id").asText());
        List<JsonNode> lines = shop.lines(done.get("url").asText());
        assertThat(lines.stream().filter(line -> line.get("id").asText().contains("InventoryLevel"))
                .allMatch(line -> line.get("__parentId").asText().contains("ProductVariant"))).isTrue();
        assertThat(lines.stream().filter(line -> line.get("id").asText().contains("ProductVariant/"))
                .allMatch(line -> line.get("__parentId").asText().contains("/Product/"))).isTrue();
    }

    @Test
    void aQueryAgainstTheRulesIsRefusedInTheRecordedWords() {
        assertThat(refusal("{ products { nodes { id } } }")).isEqualTo(
                "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges {"
                        + " node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'products'.");
        assertThat(refusal("{ shop { id } }")).isEqualTo("Bulk queries must contain at least one connection.");
        assertThat(refusal("")).isEqualTo("Invalid bulk query: syntax error, unexpected end of file");
        assertThat(refusal("{ node(id: \"gid://shopify/Product/0\") { id } }"))
                .isEqualTo("Bulk queries cannot contain a top level `node` field.");
        assertThat(refusal("mutation { bulkOperationCancel(id: \"x\") { userErrors { message } } }"))
                .isEqualTo("Invalid operation type. Only `query` operations are supported.");
        assertThat(refusal("{ products { edges { node { title variants { edges { node { id } } } } } } }")).isEqualTo(
                "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID'"
                        + " return type. Connection fields without 'id': products.");
        StringBuilder five = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            five.append(String.format("v%d: variants { edges { node { id } } } ", i));
        }
        assertThat(refusal("{ products { edges { node { id " + five + "} } } }"))
                .isEqualTo("Bulk queries cannot contain more than 5 connections.");
        assertThat(
                refusal("{ products { edges { node { id variants { edges { node { id product { id variants { edges { node { id "
                        + "metafields { edges { node { id } } } } } } } } } } } } } }"))
                .isEqualTo("Bulk queries cannot contain connections with a nesting depth greater than 2.");
    }

    @Test
    void theSixthAtOnceIsRefusedNamingTheOthersAndCancelFreesAPlace() {
        shop.control("PUT", "/shopify/settings", Map.of("bulkMs", 60_000));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(startBulk(CATALOGUE).at("/bulkOperation/id").asText());
        }
        JsonNode refused = startBulk(CATALOGUE);
        assertThat(refused.at("/userErrors/0/code").asText()).isEqualTo("OPERATION_IN_PROGRESS");
        assertThat(refused.at("/userErrors/0/field").isNull()).isTrue();
        assertThat(refused.at("/userErrors/0/message").asText()).contains(ids);
        JsonNode running = shop.data("{ bulkOperations(first: 10, query: \"status:created\") { nodes { id } } }");
        assertThat(running.at("/bulkOperations/nodes").findValuesAsText("id")).containsExactlyElementsOf(ids);
        JsonNode cancelled = shop
                .data("mutation($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { "
                        + "message } } }", Map.of("id", ids.get(0)))
                .get("bulkOperationCancel");
        assertThat(cancelled.at("/bulkOperation/status").asText()).isEqualTo("CANCELING");
    }

    @Test
    void aFailureHalfwayLeavesPartialDataAndItsCode() {
        seed(40);
        shop.control("PUT", "/shopify/settings", Map.of("failNextBulk", "TIMEOUT"));
        JsonNode failed = ended(startBulk(CATALOGUE).at("/bulkOperation/id").asText());
        assertThat(failed.get("status").asText()).isEqualTo("FAILED");
        assertThat(failed.get("errorCode").asText()).isEqualTo("TIMEOUT");
        assertThat(failed.get("url").isNull()).isTrue();
        List<JsonNode> partial = shop.lines(failed.get("partialDataUrl").asText());
        assertThat(partial).isNotEmpty();
        assertThat(partial.stream().filter(line -> !line.has("__parentId")).count()).isLessThan(40);
        JsonNode next = ended(startBulk(CATALOGUE).at("/bulkOperation/id").asText());
        assertThat(next.get("status").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void aMissingScopeFailsTheOperation() {
        seed(5);
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_less", "scopes", List.of("read_products")));
        String id = shop.as("shpat_less")
                .data("mutation($q: String!) { bulkOperationRunQuery(query: $q) { bulkOperation { id } } }",
                        Map.of("q", CATALOGUE))
                .at("/bulkOperationRunQuery/bulkOperation/id").asText();
        JsonNode failed = ended(id);
        assertThat(failed.get("errorCode").asText()).isEqualTo("ACCESS_DENIED");
    }

    private static String refusal(String query) {
        JsonNode payload = startBulk(query);
        assertThat(payload.get("bulkOperation").isNull()).isTrue();
        assertThat(payload.at("/userErrors/0/code").asText()).isEqualTo("INVALID");
        return payload.at("/userErrors/0/message").asText();
    }

    private static void seed(int variants) {
        shop.control("POST", "/seed", Map.of("seed", 3, "variants", variants, "locations", 2, "sides", List.of("shopify")));
    }
}
