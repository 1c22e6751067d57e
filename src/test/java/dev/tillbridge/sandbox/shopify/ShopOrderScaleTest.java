package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** Many orders: pages and look-ups stay quick. */
class ShopOrderScaleTest extends ShopOrderCase {

    private static final int ORDERS = 50_000;
    private static final int AT_ONCE = 250;
    private static final String PAGE = "query Page($after: String) { orders(first: 250, after: $after, query: "
            + "\"updated_at:>='2020-01-01'\", sortKey: UPDATED_AT) { nodes { id name currentTotalPriceSet { shopMoney { amount } } "
            + "} pageInfo { hasNextPage endCursor } } }";

    @Test
    void fiftyThousandOrdersArePagedAndSearched() {
        StringBuilder many = new StringBuilder("mutation Many($order: OrderCreateOrderInput!) {");
        for (int i = 0; i < AT_ONCE; i++) {
            many.append(" o").append(i).append(": orderCreate(order: $order) { userErrors { code } }");
        }
        Map<String, Object> order = order(line("Tea", 1, "4.00"), line("Cup", 2, "1.50"));
        for (int i = 0; i < ORDERS / AT_ONCE; i++) {
            order.put("sourceIdentifier", "batch-" + i);
            shop.data(many + " }", Map.of("order", order));
        }
        Set<String> seen = new HashSet<>();
        Map<String, Object> variables = new HashMap<>();
        long slowest = 0;
        // No list is read deeper than 25,000 rows.
        for (int page = 0; page < 100; page++) {
            long begun = System.nanoTime();
            JsonNode answer = shop.data(PAGE, variables).get("orders");
            slowest = Math.max(slowest, System.nanoTime() - begun);
            answer.get("nodes").forEach(node -> seen.add(node.get("id").asText()));
            variables.put("after", answer.at("/pageInfo/endCursor").asText());
        }
        assertThat(seen).hasSize(25_000);
        assertThat(slowest).as("slowest page in ns").isLessThan(2_000_000_000L);
        assertThat(shop.data("{ orders(first: 250, query: \"source_identifier:'batch-199'\") { nodes { sourceIdentifier } } }")
                .get("orders").findValuesAsText("sourceIdentifier")).hasSize(AT_ONCE);
    }
}
