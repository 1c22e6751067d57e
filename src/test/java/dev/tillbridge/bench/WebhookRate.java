package dev.tillbridge.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceProcess;

/**
 * How fast signed webhooks are answered that come at a steady rate, whether or not the one before was answered, and whether each of
 * them was stored. The store has no till: nothing works them off, so that what was stored can be counted.
 */
final class WebhookRate {

    private static final String SECRET = "a-client-secret";
    private static final Duration TIME = Duration.ofSeconds(60);
    /** The code is not compiled yet in the first seconds; they are sent, and not counted. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int PRODUCTS = 5_000;

    private final int perSecond;

    WebhookRate(int perSecond) {
        this.perSecond = perSecond;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        String name = "bench-webhooks-" + perSecond;
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Dsandbox.database=true");
                ServiceProcess service = ServiceProcess.start(name, ServiceProcess.config(sandbox.jdbcUrl(), sandbox),
                        "-Xmx256m");
                Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                        EmbeddedDatabase.PASSWORD)) {
            service.api().http().call("POST", "/api/v1/stores", "{\"shopDomain\":\"" + SandboxResource.SHOP
                    + "\",\"accessToken\":\"shpat_demo\",\"clientSecret\":\"" + SECRET + "\"}");
            int warmUp = (int) (perSecond * WARM_UP.toSeconds());
            send(service.base(), 0, warmUp);
            long[] took = send(service.base(), warmUp, (int) (perSecond * TIME.toSeconds()));
            tell(took, stored(database) - warmUp);
        }
    }

    /** Answers how long each answer took, in nanoseconds; -1 where it was none of status 200. */
    private long[] send(String base, int from, int count) {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        AtomicLongArray took = new AtomicLongArray(count);
        AtomicInteger open = new AtomicInteger();
        CompletableFuture<?>[] answers = new CompletableFuture<?>[count];
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int place = i;
            // By the plan, not by the answer before: a service that is slow must not be spared.
            long planned = began + (long) (i * 1e9 / perSecond);
            while (System.nanoTime() < planned) {
                LockSupport.parkNanos(planned - System.nanoTime());
            }
            open.incrementAndGet();
            answers[i] = http.sendAsync(request(base, from + i), HttpResponse.BodyHandlers.discarding())
                    .handle((answer, failure) -> {
                        took.set(place, failure == null && answer.statusCode() == 200 ? System.nanoTime() - planned : -1);
                        return open.decrementAndGet();
                    });
        }
        CompletableFuture.allOf(answers).join();
        long[] all = new long[count];
        Arrays.setAll(all, took::get);
        return all;
    }

    private static HttpRequest request(String base, int number) {
        String body = "{\"id\":" + (1 + number % PRODUCTS) + "}";
        return HttpRequest.newBuilder(URI.create(base + "/webhooks/shopify")).timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json").header("X-Shopify-Shop-Domain", SandboxResource.SHOP)
                .header("X-Shopify-Topic", "products/update").header("X-Shopify-Event-Id", "event-" + number)
                .header("X-Shopify-Hmac-Sha256", signature(body)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long stored(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from webhook_event")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void tell(long[] took, long stored) {
        long[] answered = Arrays.stream(took).filter(nanos -> nanos >= 0).sorted().toArray();
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "webhooks-%d: %d sent in %d s, %d answered 200, %d stored, %d lost; answers p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                perSecond, took.length, TIME.toSeconds(), answered.length, stored, answered.length - stored,
                at(answered, 0.5), at(answered, 0.99), at(answered, 1)));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
