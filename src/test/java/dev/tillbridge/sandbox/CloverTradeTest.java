package dev.tillbridge.sandbox;

import static dev.tillbridge.sandbox.TestSandbox.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.TestSandbox.Answer;

/** Many sales, late ones, devices whose clocks are off, and control calls that are refused. */
class CloverTradeTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final long HOUR = 3_600_000;
    private static final String EGG = "{\"lines\":[{\"name\":\"Egg\",\"price\":10}]}";

    @BeforeEach
    void reset() {
        SANDBOX.sandbox().reset();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void someOrdersComeSecondsLateWithTheTimesOfWhenTheyWereMade() throws InterruptedException {
        SANDBOX.control("PUT", "/behaviour", "{\"lateOrders\":\"yes\"}");
        for (int i = 0; i < 20; i++) {
            SANDBOX.control("POST", "/clover/sales", EGG);
        }
        long made = System.currentTimeMillis();
        Set<String> atOnce = ids("/orders");
        assertThat(atOnce.size()).isBetween(1, 19);

        while (ids("/orders").size() < 20) {
            assertThat(System.currentTimeMillis() - made).as("six seconds late at most").isLessThan(10_000);
            Thread.sleep(200);
        }

        SANDBOX.clover("GET", "/orders", null).json().path("elements").forEach(order -> {
            assertThat(order.path("modifiedTime").asLong()).isLessThanOrEqualTo(made);
            assertThat(order.path("createdTime").asLong()).isLessThanOrEqualTo(made);
        });
        assertThat(System.currentTimeMillis() - made).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({ "right, 0, 0", "off, 5, 3"})
    void aDevicesClockIsRightOrHoursOff(String position, int slow, int fast) {
        SANDBOX.control("PUT", "/behaviour", "{\"deviceClock\":\"" + position + "\"}");
        SANDBOX.control("POST", "/clover/sales", EGG);
        SANDBOX.control("POST", "/clover/sales", EGG);

        List<Long> errors = new ArrayList<>();
        SANDBOX.clover("GET", "/orders?orderBy=clientCreatedTime", null).json().path("elements").forEach(order -> errors
                .add(Math.round((order.path("clientCreatedTime").asDouble() - order.path("createdTime").asDouble()) / HOUR)));

        assertThat(errors).containsExactly((long) -slow, (long) fast);
    }

    @Test
    void historyOfMixedShapesPagesWholeAndIsTheSameForTheSameSeed() {
        SANDBOX.control("POST", "/seed", "{\"seed\":3,\"variants\":100,\"sides\":[\"clover\"]}");
        SANDBOX.control("POST", "/clover/history", "{\"count\":3000,\"days\":80,\"seed\":5}");

        Set<String> ids = new HashSet<>();
        for (int offset = 0; offset <= 3_000; offset += 1_000) {
            ids.addAll(ids("/orders?limit=1000&orderBy=" + encoded("createdTime ASC") + "&offset=" + offset));
        }
        List<JsonNode> state = orders();

        assertThat(ids).hasSize(3_000);
        assertThat(state).hasSize(3_000).allSatisfy(order -> {
            assertThat(order.path("paid")).isEqualTo(order.path("total"));
            assertThat(order.path("state").asText()).isEqualToIgnoringCase("locked");
        });
        assertThat(state).anyMatch(order -> order.path("paymentState").asText().equals("PARTIALLY_REFUNDED"));
        List<Integer> totals = state.stream().map(order -> order.path("total").asInt()).toList();
        SANDBOX.sandbox().reset();
        SANDBOX.control("POST", "/seed", "{\"seed\":3,\"variants\":100,\"sides\":[\"clover\"]}");
        SANDBOX.control("POST", "/clover/history", "{\"count\":3000,\"days\":80,\"seed\":5}");
        assertThat(orders().stream().map(order -> order.path("total").asInt()).toList()).isEqualTo(totals);
    }

    @Test
    void trafficSellsUntilItIsStopped() throws InterruptedException {
        SANDBOX.control("POST", "/traffic", "{\"salesPerMinute\":6000}");
        while (ids("/orders").size() < 5) {
            Thread.sleep(20);
        }
        SANDBOX.control("POST", "/traffic", "{\"salesPerMinute\":0}");
        int sold = orders().size();
        Thread.sleep(100);

        assertThat(orders()).hasSize(sold);
        assertThat(SANDBOX.control("POST", "/traffic", "{\"ordersPerMinute\":1}").status()).isEqualTo(501);
    }

    @Test
    void eachMerchantHasABookOfHisOwn() {
        SANDBOX.control("POST", "/clover/merchants", "{\"id\":\"7Q3VNSXJ1K2MR\"}");
        SANDBOX.control("POST", "/clover/sales", "{\"merchantId\":\"7Q3VNSXJ1K2MR\"," + EGG.substring(1));

        assertThat(orders()).isEmpty();
        assertThat(SANDBOX.control("GET", "/state?merchantId=7Q3VNSXJ1K2MR", null).json().path("cloverOrders")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "/clover/sales|{\"lines\":[{\"sku\":\"NONE\"}]}|404|NONE",
            "/clover/sales|{\"lines\":[{\"units\":2}]}|400|name",
            "/clover/sales|{\"lines\":[{\"name\":\"Egg\"}]}|400|price",
            "/clover/sales|{\"lines\":[{\"name\":\"Egg\",\"price\":1,\"colour\":\"red\"}]}|400|colour",
            "/clover/sales|{\"lines\":[{\"name\":\"Egg\",\"price\":1.5}]}|400|whole",
            "/clover/sales|{\"lines\":{}}|400|lines",
            "/clover/sales|{\"lines\":[],\"discounts\":[{\"name\":\"x\"}]}|400|percentage",
            "/clover/sales|{\"lines\":[],\"orderType\":\"Drone\"}|400|Delivery",
            "/clover/sales|{\"lines\":[],\"tender\":\"shells\",\"tip\":1}|400|cash",
            "/clover/sales|{\"lines\":[],\"payments\":[{\"amount\":1,\"result\":\"MAYBE\"}]}|400|SUCCESS",
            "/clover/sales|{\"lines\":[],\"createdTime\":\"yesterday\"}|400|createdTime",
            "/clover/orders|{\"orderId\":\"0000000000000\"}|404|order",
            "/clover/payments|{\"paymentId\":\"0000000000000\",\"tip\":1}|404|payment",
            "/clover/refunds|{\"orderId\":\"0000000000000\"}|404|order",
            "/clover/credits|{\"amount\":0}|400|amount", "/clover/voids|{}|400|orderId",
            "/clover/history|{\"count\":0}|400|count", "/traffic|{\"salesPerMinute\":-1}|400|salesPerMinute"})
    void aBadControlCallSaysWhatToDo(String path, String body, int status, String word) {
        Answer answer = SANDBOX.control("POST", path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("message").asText()).contains(word);
        assertThat(orders()).isEmpty();
    }

    @Test
    void anUnpaidOrderCannotBeRefunded() {
        String order = SANDBOX.control("POST", "/clover/sales", "{\"paid\":false," + EGG.substring(1)).json().path("orderId")
                .asText();

        assertThat(SANDBOX.control("POST", "/clover/refunds", "{\"orderId\":\"" + order + "\"}").status()).isEqualTo(400);
    }

    private static List<JsonNode> orders() {
        List<JsonNode> orders = new ArrayList<>();
        SANDBOX.control("GET", "/state", null).json().path("cloverOrders").forEach(orders::add);
        return orders;
    }

    private static Set<String> ids(String path) {
        Set<String> ids = new HashSet<>();
        SANDBOX.clover("GET", path, null).json().path("elements").forEach(each -> ids.add(each.path("id").asText()));
        return ids;
    }
}
