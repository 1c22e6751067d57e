package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.HookReceiver.Hook;

class CloverWebhooksTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final HookReceiver RECEIVER = new HookReceiver();
    private static final String MERCHANT = Sandbox.DEMO_MERCHANT;
    private String item;

    @BeforeEach
    void empty() {
        RECEIVER.clear();
        SANDBOX.sandbox().reset();
        control("PUT", "/webhooks/settings", "{\"local\":true,\"retrySpanMs\":400,\"groupMs\":30}");
        item = SANDBOX.clover("POST", "/items", "{\"name\":\"Mug\",\"price\":900}").json().path("id").asText();
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":5}");
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
        RECEIVER.close();
    }

    @Test
    void nothingComesBeforeTheVerificationCodeIsPastedBack() {
        JsonNode app = control("PUT", "/clover/webhooks", "{\"url\":\"" + RECEIVER.url("/clover") + "\"}");
        Hook handshake = RECEIVER.await(1).get(0);
        String code = handshake.json().get("verificationCode").asText();
        assertThat(handshake.json()).hasSize(1);
        assertThat(app.get("verified").asBoolean()).isFalse();

        sell();
        assertThat(SANDBOX.control("POST", "/clover/webhooks/verify", "{\"verificationCode\":\"wrong\"}").status())
                .isEqualTo(400);
        control("POST", "/clover/webhooks/verify", "{\"verificationCode\":\"" + code + "\"}");
        String order = sell();

        Hook hook = awaitEvent("O:" + order + " CREATE");
        assertThat(hook.header("X-Clover-Auth")).isEqualTo(app.get("authCode").asText());
        assertThat(hook.json().get("appId").asText()).isEqualTo("DRKVJT2ZRRRSC");
        assertThat(events()).anyMatch(event -> event.startsWith("P:") && event.endsWith(" CREATE"));
        assertThat(hook.json().at("/merchants/" + MERCHANT + "/0/ts").asLong()).isPositive();
        assertThat(RECEIVER.hooks().stream().skip(1)).allSatisfy(each -> assertThat(each.json().has("merchants")).isTrue());
    }

    @ParameterizedTest
    @CsvSource({ "joined, I, I", "split, IS, IA"})
    void stockAndAvailabilityComeUnderTheirKeysButASalesDecrementDoesNot(String position, String stock, String availability) {
        control("PUT", "/behaviour", "{\"itemWebhooks\":\"" + position + "\"}");
        app("");

        sell();
        awaitEvent(event -> event.startsWith("P:"));
        assertThat(SANDBOX.clover("GET", "/item_stocks/" + item, null).json().get("quantity").asInt()).isEqualTo(4);
        assertThat(events()).noneMatch(event -> event.contains(item));

        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":7}");
        awaitEvent(stock + ":" + item + " UPDATE");
        SANDBOX.clover("POST", "/items/" + item, "{\"autoManage\":true}");
        awaitEvent("I:" + item + " UPDATE");
        RECEIVER.clear();
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":0}");
        awaitEvent(availability + ":" + item + " UPDATE");
        SANDBOX.clover("DELETE", "/items/" + item, null);
        awaitEvent("I:" + item + " DELETE");
    }

    @Test
    void ordersAndPaymentsThatChangeAreToldAndSoIsWhatArrivesLate() {
        app("");
        control("PUT", "/behaviour", "{\"lateOrders\":\"yes\"}");
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            orders.add(sell());
        }

        await().atMost(Duration.ofSeconds(12)).pollInterval(Duration.ofMillis(50)).until(() -> orders.stream()
                .allMatch(order -> events().contains("O:" + order + " CREATE")));

        control("POST", "/clover/refunds", "{\"orderId\":\"" + orders.get(0) + "\"}");
        awaitEvent(event -> event.startsWith("P:") && event.endsWith(" UPDATE"));
        control("POST", "/clover/voids", "{\"orderId\":\"" + orders.get(1) + "\",\"delete\":true}");
        awaitEvent("O:" + orders.get(1) + " DELETE");
    }

    @Test
    void severalMerchantsComeInOnePostAndThoseWithoutTheAppInNone() {
        control("POST", "/clover/merchants", "{\"id\":\"7Q3VNSXJ1K2MR\"}");
        control("POST", "/clover/merchants", "{\"id\":\"7Q3VNSXJ1K2MS\"}");
        app(",\"merchants\":[\"" + MERCHANT + "\",\"7Q3VNSXJ1K2MR\"],\"events\":[\"O\"]");
        control("PUT", "/webhooks/settings", "{\"groupMs\":300}");

        sell();
        for (String merchant : List.of("7Q3VNSXJ1K2MR", "7Q3VNSXJ1K2MS")) {
            control("POST", "/clover/sales", "{\"merchantId\":\"" + merchant
                    + "\",\"lines\":[{\"name\":\"Custom\",\"price\":500,\"units\":1}]}");
        }

        JsonNode merchants = RECEIVER.await(1).get(0).json().get("merchants");
        assertThat(merchants.fieldNames()).toIterable().containsExactly(MERCHANT, "7Q3VNSXJ1K2MR");
        assertThat(events()).allMatch(event -> event.startsWith("O:"));
    }

    @ParameterizedTest
    @CsvSource({ "no, 1", "yes, 4"})
    void aFailedPostIsSentAgainOnlyWhereItIsToldSo(String position, int attempts) {
        app("");
        control("PUT", "/behaviour", "{\"cloverWebhookRetries\":\"" + position + "\"}");
        RECEIVER.answers(number -> 500);

        control("POST", "/clover/webhooks/events", "{\"objectId\":\"ZZ:1\"}");

        await().until(() -> SANDBOX.sandbox().webhooks(Sandbox.CLOVER).givenUp() == 1);
        assertThat(RECEIVER.hooks()).hasSize(attempts);
        assertThat(RECEIVER.hooks().get(0).body()).contains("ZZ:1");
    }

    @Test
    void addressesMustBeHttps() {
        control("PUT", "/webhooks/settings", "{\"local\":false}");

        assertThat(SANDBOX.control("PUT", "/clover/webhooks", "{\"url\":\"" + RECEIVER.url("/clover") + "\"}").status())
                .isEqualTo(400);
    }

    private static void app(String more) {
        control("PUT", "/clover/webhooks", "{\"url\":\"" + RECEIVER.url("/clover") + "\",\"verified\":true" + more + "}");
    }

    private String sell() {
        return control("POST", "/clover/sales", "{\"lines\":[{\"itemId\":\"" + item + "\",\"units\":1}]}").get("orderId")
                .asText();
    }

    private static JsonNode control(String method, String path, String body) {
        TestSandbox.Answer answer = SANDBOX.control(method, path, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    /** Each as "O:… CREATE". */
    private static List<String> events() {
        List<String> events = new ArrayList<>();
        RECEIVER.hooks().forEach(hook -> events.addAll(events(hook)));
        return events;
    }

    private static List<String> events(Hook hook) {
        List<String> events = new ArrayList<>();
        hook.json().path("merchants").forEach(merchant -> merchant
                .forEach(event -> events.add(event.get("objectId").asText() + " " + event.get("type").asText())));
        return events;
    }

    private static Hook awaitEvent(String event) {
        return awaitEvent(event::equals);
    }

    private static Hook awaitEvent(java.util.function.Predicate<String> wanted) {
        await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10))
                .until(() -> events().stream().anyMatch(wanted));
        return RECEIVER.hooks().stream().filter(hook -> events(hook).stream().anyMatch(wanted)).findFirst().orElseThrow();
    }
}
