package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

class SeedTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final String SHOW = "{\"seed\":7,\"variants\":5000,\"duplicates\":200,\"missingIdentifiers\":300,"
            + "\"untracked\":100,\"perUnit\":50,\"quantityAbsent\":0.02,\"caseMismatch\":11,\"leadingZeros\":13,"
            + "\"tillOnly\":17,\"locations\":2}";

    @BeforeEach
    void reset() {
        SANDBOX.sandbox().reset();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void theTillHoldsExactlyWhatTheAnswerCounts() {
        JsonNode counts = SANDBOX.control("POST", "/seed", SHOW).json();
        List<JsonNode> items = items();

        Map<String, Integer> bySku = new HashMap<>();
        items.stream().filter(item -> item.has("sku")).forEach(item -> bySku.merge(item.get("sku").asText(), 1, Integer::sum));
        int shared = bySku.values().stream().filter(count -> count > 1).mapToInt(Integer::intValue).sum();
        assertThat(items).hasSize(5_017).hasSize(counts.path("items").asInt());
        assertThat(shared).isEqualTo(200);
        assertThat(bySku.values()).allMatch(count -> count <= 2);
        assertThat(items.stream().filter(item -> !item.has("sku") && !item.has("code"))).hasSize(300);
        assertThat(items.stream().filter(item -> item.path("priceType").asText().equals("PER_UNIT"))).hasSize(50)
                .allSatisfy(item -> assertThat(item.at("/itemStock/quantity").decimalValue().scale()).isEqualTo(1));
        assertThat(items.stream().filter(item -> !item.path("itemStock").has("quantity"))).hasSize(100);
        assertThat(items.stream().filter(item -> item.path("sku").asText().startsWith("tb-"))).hasSize(11);
        assertThat(items.stream().filter(item -> item.path("code").asText("4").charAt(0) != '4')).hasSize(13);
        assertThat(counts.path("expectedLinksBySku").asInt()).isEqualTo(5_000 - 200 - 300 - 11);
        assertThat(counts.path("expectedLinksByBarcode").asInt()).isEqualTo(5_000 - 300 - 13);
    }

    @Test
    void theSameSeedMakesTheSameCatalogueAndAnotherSeedAnother() {
        SANDBOX.control("POST", "/seed", SHOW);
        List<JsonNode> first = withoutTimes(items());
        SANDBOX.sandbox().reset();
        SANDBOX.control("POST", "/seed", SHOW);
        List<JsonNode> second = withoutTimes(items());
        SANDBOX.control("POST", "/seed", SHOW.replace("\"seed\":7", "\"seed\":8"));

        assertThat(second).isEqualTo(first);
        assertThat(withoutTimes(items())).isNotEqualTo(first);
    }

    @Test
    void anOddNumberOfDuplicatesIsStillExact() {
        SANDBOX.control("POST", "/seed", "{\"variants\":50,\"duplicates\":7}");

        Map<String, Integer> bySku = new HashMap<>();
        items().stream().map(item -> item.path("sku").asText()).filter(sku -> sku.startsWith("TB-DUP"))
                .forEach(sku -> bySku.merge(sku, 1, Integer::sum));
        assertThat(bySku.values()).containsExactlyInAnyOrder(2, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"variants\":-1}", "{\"variants\":\"many\"}", "{\"variants\":10,\"duplicates\":1}",
            "{\"variants\":10,\"untracked\":8,\"perUnit\":8}", "{\"variants\":10,\"untracked\":1.5}", "{\"varaints\":10}",
            "{\"merchantId\":\"unknown\"}", "{\"locations\":0}", "[]", "no json", "{\"sides\":[\"ebay\"]}"})
    void badSeedsAreRefusedWithAReason(String body) {
        TestSandbox.Answer answer = SANDBOX.control("POST", "/seed", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }

    @Test
    void badControlInputSaysWhatIsLegal() {
        assertThat(SANDBOX.control("PUT", "/behaviour", "{\"levelFilter\":\"current\",\"nonsense\":\"x\"}").json()
                .path("message").asText()).contains("rightsChecked", "deletedItems");
        assertThat(SANDBOX.control("GET", "/behaviour", null).json().path("levelFilter").asText()).isEqualTo("lagging");
        assertThat(SANDBOX.control("POST", "/faults", "{\"side\":\"clover\",\"kind\":\"FIRE\"}").json().path("message")
                .asText()).contains("RESET_AFTER");
        assertThat(SANDBOX.control("POST", "/clover/tokens", "{\"permissions\":[\"ALL\"]}").json().path("message").asText())
                .contains("INVENTORY_R");
        assertThat(SANDBOX.control("POST", "/traffic", "{\"ordersPerMinute\":6}").status()).isEqualTo(501);
        assertThat(SANDBOX.control("GET", "/nonsense", null).status()).isEqualTo(404);
    }

    @Test
    void everyCallIsListedWithAnExample() {
        JsonNode calls = SANDBOX.control("GET", "", null).json().path("calls");

        assertThat(calls.findValuesAsText("path")).contains("/_sandbox/seed", "/_sandbox/faults", "/_sandbox/clover/stock");
        calls.forEach(call -> assertThat(call.path("summary").asText()).isNotBlank());
    }

    private static List<JsonNode> items() {
        List<JsonNode> items = new ArrayList<>();
        for (int offset = 0; offset % 1_000 == 0 && offset == items.size(); offset += 1_000) {
            SANDBOX.clover("GET", "/items?limit=1000&expand=itemStock&offset=" + offset, null).json().path("elements")
                    .forEach(items::add);
        }
        return items;
    }

    private static List<JsonNode> withoutTimes(List<JsonNode> items) {
        items.forEach(item -> {
            ((ObjectNode) item).remove("modifiedTime");
            ((ObjectNode) item.path("itemStock")).remove("modifiedTime");
        });
        return items;
    }
}
