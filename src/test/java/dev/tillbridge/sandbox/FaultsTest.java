package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

class FaultsTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final ObjectMapper JSON = new ObjectMapper();
    private String item;

    @BeforeEach
    void makeAnItem() {
        SANDBOX.sandbox().reset();
        item = SANDBOX.clover("POST", "/items", "{\"name\":\"Mug\",\"price\":900}").json().path("id").asText();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void aServerErrorBeforeDoesNothingAndOneAfterHasDoneIt() {
        fault("SERVER_ERROR_BEFORE");
        assertThat(write(5).statusCode()).isEqualTo(500);
        assertThat(quantity()).isEqualTo(-1);

        fault("SERVER_ERROR_AFTER");
        assertThat(write(6).statusCode()).isEqualTo(500);
        assertThat(quantity()).isEqualTo(6);
    }

    @Test
    void aResetBeforeDoesNothingAndOneAfterHasDoneItAndNeitherIsAnswered() {
        fault("RESET_BEFORE");
        assertThatThrownBy(() -> SANDBOX.sendOrBreak(writing(5))).isInstanceOf(IOException.class);
        assertThat(quantity()).isEqualTo(-1);

        fault("RESET_AFTER");
        assertThatThrownBy(() -> SANDBOX.sendOrBreak(writing(6))).isInstanceOf(IOException.class);
        assertThat(quantity()).isEqualTo(6);
        assertThat(SANDBOX.sandbox().requests("clover").statuses()).containsEntry(0, 2L);
    }

    @Test
    void truncatedAndMalformedAnswersSayTheyAreJsonAndAreNotAlthoughTheWriteIsDone() {
        int quantity = 7;
        for (String kind : List.of("TRUNCATED_JSON", "MALFORMED_JSON")) {
            fault(kind);
            HttpResponse<String> response = write(++quantity);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThatThrownBy(() -> JSON.readTree(response.body())).isInstanceOf(IOException.class);
            assertThat(quantity()).isEqualTo(quantity);
        }
    }

    @Test
    void anHtmlPageAndA429DoNothing() {
        fault("HTML");
        HttpResponse<String> page = write(5);
        fault("TOO_MANY_REQUESTS");
        HttpResponse<String> refused = write(5);

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.body()).startsWith("<html>");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("X-RateLimit-tokenLimit")).contains("16");
        assertThat(quantity()).isEqualTo(-1);
    }

    @Test
    void latencyDelaysAndElseChangesNothing() {
        control("{\"side\":\"clover\",\"operation\":\"item_stocks.*\",\"kind\":\"LATENCY\",\"latencyMs\":300,\"times\":1}");

        long started = System.nanoTime();
        HttpResponse<String> response = write(5);

        assertThat((System.nanoTime() - started) / 1_000_000).isGreaterThanOrEqualTo(290);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void latencyAfterwardsDelaysTheAnswerOfWhatIsDone() throws Exception {
        control("{\"side\":\"clover\",\"operation\":\"item_stocks.*\",\"kind\":\"LATENCY_AFTER\",\"latencyMs\":2000,\"times\":1}");

        CompletableFuture<HttpResponse<String>> response = CompletableFuture.supplyAsync(() -> write(5));

        await().atMost(Duration.ofMillis(1_500)).until(() -> quantity() == 5);
        assertThat(response).isNotDone();
        assertThat(response.get().statusCode()).isEqualTo(200);
    }

    @Test
    void theNthMatchingCallIsStruckAndOtherOperationsAreNotCounted() {
        control("{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"SERVER_ERROR_BEFORE\",\"nth\":3,\"times\":2}");

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            quantity();
            statuses.add(write(i).statusCode());
        }

        assertThat(statuses).containsExactly(200, 200, 500, 500, 200, 200);
    }

    @Test
    void theSameSeedStrikesTheSameCalls() {
        List<Integer> first = struckByChance();
        SANDBOX.sandbox().reset();
        makeAnItem();
        List<Integer> second = struckByChance();

        assertThat(first).isEqualTo(second).contains(200, 500);
    }

    @Test
    void deletedRulesStrikeNoMore() {
        control("{\"side\":\"clover\",\"kind\":\"SERVER_ERROR_BEFORE\"}");
        assertThat(write(1).statusCode()).isEqualTo(500);

        SANDBOX.control("DELETE", "/faults", null);

        assertThat(write(1).statusCode()).isEqualTo(200);
    }

    private List<Integer> struckByChance() {
        control("{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"SERVER_ERROR_BEFORE\",\"probability\":0.3}");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            statuses.add(write(i).statusCode());
        }
        return statuses;
    }

    private static void fault(String kind) {
        control("{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"" + kind + "\",\"nth\":1}");
    }

    private static void control(String rule) {
        assertThat(SANDBOX.control("POST", "/faults", rule).status()).isEqualTo(200);
    }

    private HttpRequest writing(int quantity) {
        return SANDBOX.cloverRequest(TestSandbox.TOKEN, "POST", "/v3/merchants/3D19QN31ANYR5/item_stocks/" + item,
                "{\"quantity\":" + quantity + "}");
    }

    private HttpResponse<String> write(int quantity) {
        try {
            return SANDBOX.sendOrBreak(writing(quantity));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int quantity() {
        return SANDBOX.clover("GET", "/item_stocks/" + item, null).json().path("quantity").asInt(-1);
    }
}
