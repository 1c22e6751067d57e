package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.HookReceiver.Hook;
import dev.tillbridge.sandbox.webhook.WebhookCounts;
import dev.tillbridge.sandbox.webhook.WebhookOptions;

class WebhookFaultsTest {

    private static final TestSandbox SANDBOX = new TestSandbox(
            SandboxOptions.onFreePorts().withWebhooks(WebhookOptions.localWithin(Duration.ZERO)));
    private static final HookReceiver RECEIVER = new HookReceiver();

    @BeforeEach
    void subscribe() {
        RECEIVER.clear();
        start();
    }

    private static void start() {
        SANDBOX.sandbox().reset();
        control("PUT", "/webhooks/settings", "{\"groupMs\":1}");
        control("PUT", "/clover/webhooks", "{\"url\":\"" + RECEIVER.url("/clover") + "\",\"verified\":true}");
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
        RECEIVER.close();
    }

    @Test
    void aLostOneNeverComes() {
        fault("\"kind\":\"WEBHOOK_LOST\",\"nth\":2");

        tellOneByOne(3);

        assertThat(told()).containsExactly("C:1", "C:3");
        assertThat(counts().lost()).isEqualTo(1);
    }

    @Test
    void aDoubledOneComesTwiceAlike() {
        fault("\"kind\":\"WEBHOOK_DOUBLED\",\"nth\":1");

        tellOneByOne(2);

        List<Hook> hooks = RECEIVER.await(3);
        assertThat(hooks.stream().map(Hook::body).distinct()).hasSize(2);
        assertThat(counts().doubled()).isEqualTo(1);
        assertThat(counts().sent()).isEqualTo(3);
        assertThat(counts().told()).isEqualTo(2);
    }

    @Test
    void aDelayedOneComesWithinItsRange() {
        fault("\"kind\":\"WEBHOOK_DELAYED\",\"nth\":1,\"latencyMs\":300,\"mostMs\":400");
        long started = System.nanoTime();

        tell(1);
        await().until(() -> counts().told() == 1);

        assertThat((RECEIVER.await(1).get(0).nanos() - started) / 1_000_000).isGreaterThanOrEqualTo(290);
        assertThat(counts().delayed()).isEqualTo(1);
    }

    @Test
    void aReorderedOneComesAfterALaterOneOrByItself() {
        fault("\"kind\":\"WEBHOOK_REORDERED\",\"nth\":1");

        tell(1);
        await().until(() -> counts().told() == 1);
        assertThat(counts().pending()).isEqualTo(1);
        tell(2);
        RECEIVER.await(2);
        assertThat(counts().reordered()).isEqualTo(1);
        assertThat(told()).containsExactly("C:2", "C:1");

        fault("\"kind\":\"WEBHOOK_REORDERED\",\"nth\":1");
        tell(3);
        RECEIVER.await(3);
    }

    @Test
    void theSameSeedLosesTheSameOnes() {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            RECEIVER.clear();
            start();
            fault("\"kind\":\"WEBHOOK_LOST\",\"probability\":0.5,\"seed\":11");
            tellOneByOne(12);
            runs.add(told());
        }

        assertThat(runs.get(0)).isEqualTo(runs.get(1));
        assertThat(runs.get(0)).hasSizeBetween(1, 11);
    }

    @Test
    void rulesOfCallsStrikeNoWebhooksAndTheOtherWayRound() {
        fault("\"kind\":\"SERVER_ERROR_BEFORE\",\"probability\":1");
        tellOneByOne(1);
        assertThat(SANDBOX.clover("GET", "/items", null).status()).isEqualTo(500);

        control("DELETE", "/faults", null);
        fault("\"kind\":\"WEBHOOK_LOST\"");
        assertThat(SANDBOX.clover("GET", "/items", null).status()).isEqualTo(200);
    }

    @Test
    void badRangesAreRefused() {
        assertThat(SANDBOX.control("POST", "/faults", "{\"side\":\"clover\",\"kind\":\"WEBHOOK_DELAYED\"}").status())
                .isEqualTo(400);
        assertThat(SANDBOX.control("POST", "/faults", "{\"side\":\"clover\",\"kind\":\"WEBHOOK_LOST\",\"mostMs\":5}").status())
                .isEqualTo(400);
    }

    @Test
    void aReceiverThatIsSlowGetsOthersAtOnceAndTheCountsAreShown() {
        RECEIVER.delays(400);
        long started = System.nanoTime();

        for (int i = 1; i <= 20; i++) {
            tell(i);
            int soFar = i;
            await().until(() -> counts().told() == soFar);
        }
        await().until(() -> counts().delivered() == 20);

        assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(20 * 400);
        assertThat(SANDBOX.control("GET", "/requests", null).json().at("/webhooks/clover/delivered").asInt()).isEqualTo(20);
        assertThat(SANDBOX.control("GET", "/webhooks?last=3", null).json().get("last")).hasSize(3);
        SANDBOX.sandbox().reset();
        assertThat(counts().told()).isZero();
    }

    @Test
    void anAnswerThatTakesTooLongIsAFailure() {
        control("PUT", "/webhooks/settings", "{\"answerMs\":150}");
        RECEIVER.delays(1_000);

        tell(1);

        await().until(() -> counts().givenUp() == 1);
        assertThat(counts().failed()).isEqualTo(1);
        JsonNode attempt = SANDBOX.control("GET", "/webhooks?last=1", null).json().at("/last/0");
        assertThat(attempt.get("status").asInt()).isZero();
        assertThat(attempt.get("problem").asText()).contains("150 ms");
        assertThat(attempt.get("durationMs").asLong()).isBetween(140L, 900L);
    }

    @Test
    void nobodyListeningIsAFailureToo() {
        control("PUT", "/clover/webhooks", "{\"url\":\"http://localhost:1/clover\",\"verified\":true}");

        tell(1);

        await().until(() -> counts().givenUp() == 1);
    }

    private static void control(String method, String path, String body) {
        assertThat(SANDBOX.control(method, path, body).status()).isEqualTo(200);
    }

    private static void fault(String rule) {
        control("POST", "/faults", "{\"side\":\"clover\"," + rule + "}");
    }

    private static void tell(int number) {
        control("POST", "/clover/webhooks/events", "{\"objectId\":\"C:" + number + "\"}");
    }

    private static void tellOneByOne(int count) {
        for (int i = 1; i <= count; i++) {
            tell(i);
            int soFar = i;
            await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5))
                    .until(() -> counts().told() == soFar && counts().pending() == 0);
        }
    }

    private static List<String> told() {
        return RECEIVER.hooks().stream()
                .map(hook -> hook.json().at("/merchants/" + Sandbox.DEMO_MERCHANT + "/0/objectId").asText()).toList();
    }

    private static WebhookCounts counts() {
        return SANDBOX.sandbox().webhooks(Sandbox.CLOVER);
    }
}
