package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopReadingTest extends ShopTestCase {

    private static final String PAGE = "query Page($n: Int!, $after: String, $q: String) { productVariants(first: $n, after: $after, "
            + "query: $q) { nodes { id sku } pageInfo { hasNextPage endCursor } } }";

    @Test
    void theShopTellsItsProfileAndTheTokensScopes() {
        JsonNode data = shop
                .data("{ shop { name myshopifyDomain currencyCode taxesIncluded ianaTimezone plan { publicDisplayName "
                        + "} } currentAppInstallation { accessScopes { handle } } publicApiVersions { handle supported } }");
        assertThat(data.at("/shop/myshopifyDomain").asText()).isEqualTo("tillbridge-demo.myshopify.com");
        assertThat(data.at("/shop/currencyCode").asText()).isEqualTo("USD");
        assertThat(data.at("/currentAppInstallation/accessScopes").findValuesAsText("handle")).contains("read_products",
                "write_inventory");
        assertThat(data.get("publicApiVersions").findValuesAsText("handle")).contains("2026-10");
    }

    @Test
    void pagesFollowEachOtherWithoutGapsWhileRowsAreDeleted() {
        for (int i = 0; i < 7; i++) {
            variant("P" + i, "1.00", 1);
        }
        Map<String, Object> variables = new HashMap<>(Map.of("n", 3));
        Set<String> seen = new HashSet<>();
        JsonNode page = shop.data(PAGE, variables).get("productVariants");
        page.get("nodes").forEach(node -> seen.add(node.get("sku").asText()));
        shop.control("DELETE", "/shopify/variants?sku=P1", Map.of());
        while (page.at("/pageInfo/hasNextPage").asBoolean()) {
            variables.put("after", page.at("/pageInfo/endCursor").asText());
            page = shop.data(PAGE, variables).get("productVariants");
            page.get("nodes").forEach(node -> assertThat(seen.add(node.get("sku").asText())).isTrue());
        }
        assertThat(seen).containsExactlyInAnyOrder("P0", "P1", "P2", "P3", "P4", "P5", "P6");
    }

    @Test
    void aPageHoldsAtMost250AndNeedsASize() {
        assertThat(shop.ask(PAGE, Map.of("n", 251)).at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(shop.ask("{ productVariants { nodes { id } } }").at("/errors/0/message").asText())
                .isEqualTo("you must provide one of first or last");
        assertThat(shop.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
                Map.of("ids", java.util.Collections.nCopies(251, "gid://shopify/Product/1")))
                .at("/errors/0/extensions/code").asText()).isEqualTo("MAX_INPUT_SIZE_EXCEEDED");
    }

    @Test
    void lastAndReverseReadFromTheOtherEnd() {
        for (int i = 0; i < 4; i++) {
            variant("R" + i, "1.00", 1);
        }
        assertThat(shop.data("{ productVariants(last: 2) { nodes { sku } pageInfo { hasPreviousPage } } }")
                .get("productVariants").findValuesAsText("sku")).containsExactly("R2", "R3");
        assertThat(shop.data("{ productVariants(first: 2, reverse: true) { edges { node { sku } cursor } } }")
                .get("productVariants").findValuesAsText("sku")).containsExactly("R3", "R2");
    }

    @Test
    void quantitiesAddUpAndOnlyAvailableTellsWhenItChanged() {
        variant("Q", "1.00", 5);
        Stocked stocked = stocked("Q");
        shop.control("POST", "/shopify/levels", Map.of("sku", "Q", "quantity", "committed", "value", 2));
        shop.control("POST", "/shopify/levels", Map.of("sku", "Q", "quantity", "damaged", "value", 1));
        JsonNode level = shop.data("query($i: ID!) { inventoryItem(id: $i) { tracked inventoryLevels(first: 2) { nodes { id "
                + "quantities(names: [\"available\", \"on_hand\", \"committed\"]) { name quantity updatedAt } } } } }",
                Map.of("i", stocked.item())).at("/inventoryItem/inventoryLevels/nodes/0");
        assertThat(level.at("/quantities/0/quantity").asInt()).isEqualTo(5);
        assertThat(level.at("/quantities/1/quantity").asInt()).isEqualTo(8);
        assertThat(level.at("/quantities/0/updatedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(level.at("/quantities/1/updatedAt").isNull()).isTrue();
        long item = Gid.number("InventoryItem", stocked.item());
        assertThat(level.get("id").asText()).endsWith("?inventory_item_id=" + item)
                .doesNotContain(stocked.location().replaceAll("\\D", ""));
    }

    @Test
    void searchesSeeAWriteOnlyAfterTheLagAndReadsByIdAtOnce() {
        String id = variant("OLD", "1.00", 1);
        shop.control("PUT", "/shopify/settings", Map.of("searchLagMs", 600));
        shop.control("POST", "/shopify/variants", Map.of("sku", "OLD", "newSku", "NEW"));
        assertThat(shop.data("query($id: ID!) { productVariant(id: $id) { sku } }", Map.of("id", id))
                .at("/productVariant/sku").asText()).isEqualTo("NEW");
        assertThat(skus("sku:NEW")).isEmpty();
        assertThat(skus("sku:OLD")).hasSize(1);
        await().atMost(Duration.ofSeconds(3)).until(() -> skus("sku:NEW").size() == 1 && skus("sku:OLD").isEmpty());
    }

    @Test
    void theLevelFilterLagsOrNotByItsSwitch() {
        variant("LAG", "1.00", 1);
        Stocked stocked = stocked("LAG");
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        String since = shop.send("{ shop { id } }", Map.of()).headers().firstValue("Date")
                .map(date -> java.time.ZonedDateTime.parse(date, java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant().toString())
                .orElseThrow();
        shop.control("PUT", "/shopify/settings", Map.of("searchLagMs", 60_000));
        shop.control("POST", "/shopify/levels", Map.of("sku", "LAG", "available", 9));
        assertThat(available(stocked)).isEqualTo(9);
        assertThat(levelsSince(stocked, since)).isEmpty();
        shop.control("PUT", "/behaviour", Map.of("levelFilter", "current"));
        assertThat(levelsSince(stocked, since)).hasSize(1);
    }

    @Test
    void aStockChangeMovesTheLevelsTimeAndNotTheVariants() {
        String id = variant("TIME", "1.00", 1);
        String variantTime = "query($id: ID!) { productVariant(id: $id) { updatedAt inventoryItem { inventoryLevels(first: 1) { "
                + "nodes { updatedAt } } } } }";
        JsonNode before = shop.data(variantTime, Map.of("id", id)).get("productVariant");
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        shop.control("POST", "/shopify/levels", Map.of("sku", "TIME", "available", 9));
        JsonNode after = shop.data(variantTime, Map.of("id", id)).get("productVariant");
        assertThat(after.get("updatedAt")).isEqualTo(before.get("updatedAt"));
        assertThat(after.at("/inventoryItem/inventoryLevels/nodes/0/updatedAt").asText())
                .isGreaterThan(before.at("/inventoryItem/inventoryLevels/nodes/0/updatedAt").asText());
    }

    @Test
    void filtersJoinByAndAndAnUnknownOneIsIgnoredWithAWarning() {
        variant("A-1", "1.00", 1);
        variant("A-2", "1.00", 1);
        assertThat(skus("updated_at:>='2020-01-01T00:00:00Z' AND sku:A-2")).containsExactly("A-2");
        assertThat(skus("sku:A-1 OR sku:'A-2'")).hasSize(2);
        assertThat(skus("-sku:A-1")).containsExactly("A-2");
        assertThat(skus("sku:A-*")).hasSize(2);
        assertThat(skus("updated_at:<'2020-01-01T00:00:00Z'")).isEmpty();
        JsonNode answer = shop.ask(PAGE, Map.of("n", 5, "q", "colour:red"));
        assertThat(answer.at("/data/productVariants/nodes")).hasSize(2);
        assertThat(answer.at("/extensions/search/0/warnings/0/field").asText()).isEqualTo("colour");
        assertThat(shop.ask(PAGE, Map.of("n", 5, "q", "sku:A-1")).at("/extensions/search").isMissingNode()).isTrue();
    }

    @Test
    void nodesGiveNullForWhatIsGone() {
        String id = variant("GONE", "1.00", 1);
        variant("KEPT", "1.00", 1);
        String item = stocked("KEPT").item();
        shop.control("DELETE", "/shopify/products?sku=GONE", Map.of());
        JsonNode nodes = shop.data("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on InventoryItem { sku } } }",
                Map.of("ids", List.of(id, item))).get("nodes");
        assertThat(nodes.get(0).isNull()).isTrue();
        assertThat(nodes.get(1).get("sku").asText()).isEqualTo("KEPT");
        assertThat(nodes.get(1).get("__typename").asText()).isEqualTo("InventoryItem");
    }

    @Test
    void aLookUpByCustomIdNeedsADefinitionOfTypeId() {
        String id = variant("CUSTOM", "1.00", 1);
        String find = "query($v: String!) { productVariantByIdentifier(identifier: {customId: {namespace: \"tb\", key: \"item\", "
                + "value: $v}}) { id } orderByIdentifier(identifier: {customId: {namespace: \"tb\", key: \"order\", value: $v}}) "
                + "{ id } }";
        JsonNode without = shop.ask(find, Map.of("v", "X1"));
        assertThat(without.get("errors").findValuesAsText("code")).containsExactly("NOT_FOUND", "NOT_FOUND");
        assertThat(without.at("/data/orderByIdentifier").isNull()).isTrue();
        define("PRODUCTVARIANT", "item");
        define("ORDER", "order");
        assertThat(define("ORDER", "order").at("/userErrors/0/code").asText()).isEqualTo("TAKEN");
        shop.data(
                "mutation($o: ID!) { metafieldsSet(metafields: [{ownerId: $o, namespace: \"tb\", key: \"item\", type: \"id\", "
                        + "value: \"X1\"}]) { userErrors { code } } }",
                Map.of("o", id));
        assertThat(shop.data(find, Map.of("v", "X1")).at("/productVariantByIdentifier/id").asText()).isEqualTo(id);
        assertThat(shop.data(find, Map.of("v", "X2")).at("/productVariantByIdentifier").isNull()).isTrue();
        assertThat(shop.data("{ metafieldDefinitions(ownerType: ORDER, namespace: \"tb\", key: \"order\", first: 1) { nodes { "
                + "type { name } capabilities { uniqueValues { enabled } } } } }")
                .at("/metafieldDefinitions/nodes/0/capabilities/uniqueValues/enabled").asBoolean()).isTrue();
    }

    @Test
    void answersTellTimeRequestAndVersionAndAnOldVersionIsAnsweredByTheOldest() {
        HttpResponse<String> answer = shop.at("/admin/api/2024-01/graphql.json").send("{ shop { id } }", Map.of());
        assertThat(answer.headers().firstValue("X-Shopify-API-Version")).contains("2026-01");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("Date")).isPresent();
        assertThat(shop.send("{ shop { id } }", Map.of()).headers().firstValue("X-Shopify-API-Version")).contains("2026-10");
    }

    @Test
    void brokenDocumentsAndVariablesAreToldAsRecorded() {
        assertThat(shop.ask("{ shop { ").at("/errors/0/extensions/code").asText()).isEqualTo("PARSE_ERROR");
        assertThat(shop.ask("{ shop { nope } }").at("/errors/0/message").asText())
                .isEqualTo("Field 'nope' doesn't exist on type 'Shop'");
        assertThat(shop.ask("{ shop }").at("/errors/0/extensions/code").asText()).isEqualTo("selectionMismatch");
        JsonNode unknown = shop.ask("mutation($i: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $i) "
                + "@idempotent(key: \"k\") { userErrors { code } } }",
                Map.of("i", Map.of("name", "available", "reason", "correction", "quantities", List.of(),
                        "ignoreCompareQuantity", true)));
        assertThat(unknown.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_VARIABLE");
        assertThat(unknown.at("/errors/0/extensions/problems/0/explanation").asText())
                .isEqualTo("Field is not defined on InventorySetQuantitiesInput");
        assertThat(unknown.has("data")).isFalse();
    }

    private static JsonNode define(String ownerType, String key) {
        return shop
                .data("mutation($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) { createdDefinition "
                        + "{ id } userErrors { field message code } } }",
                        Map.of("d", Map.of("name", key, "namespace", "tb", "key", key, "type", "id", "ownerType", ownerType)))
                .get("metafieldDefinitionCreate");
    }

    private static List<String> skus(String query) {
        return shop.data(PAGE, Map.of("n", 50, "q", query)).get("productVariants").get("nodes").findValuesAsText("sku");
    }

    private static List<String> levelsSince(Stocked stocked, String since) {
        return shop
                .data("query($l: ID!, $q: String!) { location(id: $l) { inventoryLevels(first: 10, query: $q) { nodes { id } "
                        + "} } }", Map.of("l", stocked.location(), "q", "updated_at:>='" + since + "'"))
                .findValuesAsText("id");
    }
}
