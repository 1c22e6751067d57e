package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopOrderSearchTest extends ShopOrderCase {

    private static final String BY_IDENTITY = "query OrderByCustomId($v: String!) { orderByIdentifier(identifier: {customId: "
            + "{namespace: \"tb\", key: \"order_id\", value: $v}}) { id name metafield(namespace: \"tb\", key: \"order_id\") { "
            + "value } } }";

    @Test
    void anOrderIsFoundByItsIdentityAtOnceAndBySearchAfterTheLag() {
        define();
        shop.control("PUT", "/shopify/settings", Map.of("searchLagMs", 700));
        String id = created(identified("X1")).get("id").asText();
        JsonNode found = shop.data(BY_IDENTITY, Map.of("v", "X1")).get("orderByIdentifier");
        assertThat(found.get("id").asText()).isEqualTo(id);
        assertThat(found.at("/metafield/value").asText()).isEqualTo("X1");
        assertThat(read(id, "name").get("name").asText()).isEqualTo("X1");
        assertThat(names("source_identifier:'X1'")).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> names("source_identifier:'X1'").size() == 1);
        assertThat(shop.data(BY_IDENTITY, Map.of("v", "X2")).get("orderByIdentifier").isNull()).isTrue();
        assertThat(shop.data("query($id: ID!) { orderByIdentifier(identifier: {id: $id}) { name } }", Map.of("id", id))
                .at("/orderByIdentifier/name").asText()).isEqualTo("X1");
    }

    @Test
    void withoutTheDefinitionItIsNotFoundAndAnErrorSaysWhy() {
        define();
        created(identified("X1"));
        shop.control("DELETE", "/shopify/definitions/tb/order_id", Map.of());
        JsonNode answer = shop.ask(BY_IDENTITY, Map.of("v", "X1"));
        assertThat(answer.at("/data/orderByIdentifier").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("NOT_FOUND");
        define();
        assertThat(shop.data(BY_IDENTITY, Map.of("v", "X1")).at("/orderByIdentifier/name").asText()).isEqualTo("X1");
    }

    @Test
    void aSecondOrderOfTheSameIdentityIsRefusedOrNotByItsSwitch() {
        define();
        String first = created(identified("X1")).get("id").asText();
        JsonNode refused = create(identified("X1"));
        assertThat(refused.get("order").isNull()).isTrue();
        assertThat(refused.at("/userErrors/0/field").toString()).isEqualTo("[\"order\",\"metafields\",\"0\",\"value\"]");
        assertThat(refused.at("/userErrors/0/message").asText()).contains("taken");
        shop.control("PUT", "/behaviour", Map.of("duplicateIdMetafield", "accepted"));
        assertThat(created(identified("X1")).get("id").asText()).isNotEqualTo(first);
        assertThat(names("source_identifier:X1")).hasSize(2);
        assertThat(shop.data(BY_IDENTITY, Map.of("v", "X1")).at("/orderByIdentifier/id").asText()).isEqualTo(first);
    }

    @Test
    void filtersKnowTimesSourceNameTagAndStatus() {
        Map<String, Object> tagged = identified("A");
        tagged.put("tags", List.of("clover"));
        tagged.put("sourceName", "pos");
        created(tagged);
        String other = created(identified("B")).get("id").asText();
        assertThat(names("tag:clover")).containsExactly("A");
        assertThat(names("source_name:pos")).containsExactly("A");
        assertThat(names("name:B")).containsExactly("B");
        assertThat(names("created_at:>='2020-01-01T00:00:00Z' AND source_identifier:A")).containsExactly("A");
        assertThat(names("updated_at:<'2020-01-01T00:00:00Z'")).isEmpty();
        assertThat(names("financial_status:paid")).isEmpty();
        assertThat(names("fulfillment_status:unfulfilled")).hasSize(2);
        done(cancel(other, false, false).get("job"));
        assertThat(names("status:cancelled")).containsExactly("B");
        assertThat(names("status:open")).containsExactly("A");
        assertThat(names("")).hasSize(2);
    }

    @Test
    void whatIsOlderThanSixtyDaysNeedsAScopeOfItsOwn() {
        define();
        String id = created(identified("OLD")).get("id").asText();
        shop.control("POST", "/shopify/orders/" + Gid.number("Order", id),
                Map.of("createdAt", Instant.now().minus(Duration.ofDays(61)).toString()));
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_recent", "scopes", List.of("write_orders")));
        ShopClient recent = shop.as("shpat_recent");
        assertThat(recent.data("query($id: ID!) { order(id: $id) { id } }", Map.of("id", id)).get("order").isNull()).isTrue();
        assertThat(recent.data(BY_IDENTITY, Map.of("v", "OLD")).get("orderByIdentifier").isNull()).isTrue();
        assertThat(recent.data("{ orders(first: 5) { nodes { id } } }").at("/orders/nodes")).isEmpty();
        assertThat(names("source_identifier:OLD")).hasSize(1);
        assertThat(read(id, "name").get("name").asText()).isEqualTo("OLD");
    }

    @Test
    void pagesByUpdateFollowEachOther() {
        for (int i = 0; i < 7; i++) {
            created(identified("P" + i));
        }
        Map<String, Object> variables = new HashMap<>();
        java.util.Set<String> seen = new java.util.HashSet<>();
        boolean more = true;
        while (more) {
            JsonNode page = shop
                    .data("query($after: String) { orders(first: 3, after: $after, sortKey: UPDATED_AT) { nodes { id "
                            + "} pageInfo { hasNextPage endCursor } } }", variables)
                    .get("orders");
            page.get("nodes").forEach(node -> assertThat(seen.add(node.get("id").asText())).isTrue());
            more = page.at("/pageInfo/hasNextPage").asBoolean();
            variables.put("after", page.at("/pageInfo/endCursor").asText());
        }
        assertThat(seen).hasSize(7);
    }

    private static Map<String, Object> identified(String identity) {
        Map<String, Object> order = order(line("Tea", 1, "4.00"));
        order.put("name", identity);
        order.put("sourceIdentifier", identity);
        order.put("metafields", List.of(Map.of("namespace", "tb", "key", "order_id", "type", "id", "value", identity)));
        return order;
    }

    private static void define() {
        shop.data("mutation { metafieldDefinitionCreate(definition: {name: \"Order\", namespace: \"tb\", key: \"order_id\", "
                + "type: \"id\", ownerType: ORDER}) { userErrors { code } } }");
    }
}
