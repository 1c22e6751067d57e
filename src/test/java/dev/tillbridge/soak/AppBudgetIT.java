package dev.tillbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.Replicas;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceDatabase;
import dev.tillbridge.testing.ServiceProcess;

/**
 * Three replicas with more to ask than an app may, all tokens of the same app: the sandbox refuses nothing, and little of the
 * budget is left unused; also while one of them stands still for longer than its share is kept for it.
 */
class AppBudgetIT {

    private static final int STORES = 12;
    /** The sandbox keeps Clover's own 50; what is between is for requests that a busy machine bunches. */
    private static final int PER_SECOND = 40;
    private static final int AT_ONCE = 10;
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final String SHARES = "select count(*) from replica_share where held_until > clock_timestamp() and share > 0";

    private SandboxProcess sandbox;
    private Replicas replicas;
    private ServiceDatabase database;
    private final List<String> measured = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        sandbox = SandboxProcess.start("budget-sandbox", "-Dsandbox.shopify-limits=false", "-Dsandbox.latency=PT0.1S");
        String jdbc = SandboxResource.freshDatabase();
        Map<String, String> config = ServiceProcess.config(jdbc, sandbox);
        config.put("tillbridge.shopify.url", sandbox.shopifyUrl() + "/{shop}");
        config.put("tillbridge.clover.app.enabled", "true");
        config.put("tillbridge.clover.app.per-second", Integer.toString(PER_SECOND));
        config.put("tillbridge.clover.app.concurrent", Integer.toString(AT_ONCE));
        // A few at a time, else the first replica has them all.
        config.put("tillbridge.sync.claim", "1");
        for (String poll : List.of("order-poll", "stock-poll", "quiet-poll", "till-scan")) {
            config.put("tillbridge.sync." + poll, "PT0.2S");
        }
        replicas = Replicas.start("budget", 3, config, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        database = new ServiceDatabase(jdbc);
        connect();
    }

    @AfterEach
    void stop() {
        if (replicas != null) {
            replicas.close();
        }
        sandbox.close();
    }

    @Test
    void allReplicasTogetherUseTheAppsBudgetAndNoMore() throws Exception {
        awaitShares(living -> living == 3);
        used("three replicas");

        int still = 1;
        sandbox.forgetRequests();
        replicas.get(still).pause();
        awaitShares(living -> living == 2);
        assertWithinTheBudget("while the one that stands still has its share");
        // Those that are left take it with their next renewals.
        Thread.sleep(Duration.ofSeconds(12).toMillis());
        used("two of them, the third stands still");

        sandbox.forgetRequests();
        replicas.get(still).resume();
        awaitShares(living -> living == 3);
        assertWithinTheBudget("while it comes back");
        used("three again");
        System.out.println("App's budget of " + PER_SECOND + "/s: " + measured);
    }

    private void used(String who) throws InterruptedException {
        sandbox.forgetRequests();
        Thread.sleep(MEASURED.toMillis());
        JsonNode seen = assertWithinTheBudget(who);
        double rate = seen.path("total").asLong() / (double) MEASURED.toSeconds();
        measured.add(String.format(Locale.ROOT, "%s: %.1f/s, most at once %d, most in a second %d", who, rate,
                seen.path("largestConcurrency").asInt(), seen.path("peakPerSecond").asInt()));
        assertThat(rate).as("requests a second, " + who).isBetween(0.7 * PER_SECOND, (double) PER_SECOND);
    }

    private JsonNode assertWithinTheBudget(String when) {
        JsonNode seen = sandbox.control("GET", "/requests", null).path("clover");
        assertThat(seen.path("tooManyRequests").asLong()).as("refused " + when + ": " + seen).isZero();
        assertThat(seen.path("largestConcurrency").asInt()).as("at once " + when).isBetween(1, AT_ONCE);
        return seen;
    }

    private void awaitShares(IntPredicate living) {
        await("the shares follow the replicas").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(200))
                .until(() -> living.test((int) database.number(SHARES)));
    }

    /** Shops with a till each, whose tokens are all of one app. */
    private void connect() throws Exception {
        JsonClient api = replicas.api(0).http();
        List<String> channels = new ArrayList<>();
        sandbox.control("POST", "/fleet", "{\"shops\":" + STORES + ",\"merchants\":" + STORES + ",\"variants\":50,\"seed\":7}")
                .path("shops").forEach(shop -> {
                    String merchant = shop.path("merchants").path(0).path("merchantId").asText();
                    String token = sandbox
                            .control("POST", "/clover/tokens", "{\"merchantId\":\"" + merchant + "\",\"app\":\"TILLBRIDGE\"}")
                            .path("token").asText();
                    String store = api.call("POST", "/api/v1/stores", "{\"shopDomain\":\"" + shop.path("shop").asText()
                            + "\",\"accessToken\":\"" + shop.path("token").asText() + "\"}").path("id").asText();
                    channels.add(api.call("POST", "/api/v1/channels", "{\"storeId\":\"" + store + "\",\"name\":\"Till\","
                            + "\"integration\":\"clover\",\"region\":\"us\",\"merchantId\":\"" + merchant + "\",\"token\":\""
                            + token + "\"}").path("id").asText());
                });
        for (String channel : channels) {
            replicas.api(0).turnOnOrderSync(channel);
        }
        await("all stores are held, by all replicas").atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200))
                .until(() -> database.number("select count(*) from store_lease where owner is not null") == STORES
                        && database.number("select count(distinct owner) from store_lease") == 3);
    }
}
