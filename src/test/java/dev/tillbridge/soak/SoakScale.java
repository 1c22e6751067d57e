package dev.tillbridge.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.WrongClock;

/**
 * How much is played, by system properties: {@code soak.seeds} ({@code 4}, {@code 1-30} or {@code 16,17,22}), {@code soak.stores},
 * {@code soak.channels}, {@code soak.variants}, {@code soak.seconds} of trade, {@code soak.sales-per-minute} over all tills,
 * {@code soak.replicas} and {@code soak.stall}, the seconds for which a vendor stalls. What the service waits for is scaled with the
 * stall, so that each wait stands to it as the defaults do to 30 s. Without any it is what the ordinary build plays: in these
 * seeds replicas stand still and are killed, and the database crashes.
 */
record SoakScale(List<Integer> seeds, int stores, int channels, int variants, Duration trade, int salesPerMinute, int replicas,
        Duration stall) {

    /** Never killed, so that what it leaks adds up over all seeds. */
    static final int SPARED = 0;

    /**
     * How far sales are read again. A cursor that is moved too early must not be saved by reading far back; but orders come up to 6 s
     * late, with old times.
     */
    static final Duration SALES_OVERLAP = Duration.ofSeconds(8);

    /** The code Clover's posts are known by. */
    static final String CLOVER_CODE = "soak-auth-code";

    static SoakScale fromProperties() {
        return new SoakScale(
                Arrays.stream(System.getProperty("soak.seeds", "9").split(",")).flatMap(SoakScale::range).toList(),
                Integer.getInteger("soak.stores", 4), Integer.getInteger("soak.channels", 6),
                Integer.getInteger("soak.variants", 12), Duration.ofSeconds(Integer.getInteger("soak.seconds", 10)),
                Integer.getInteger("soak.sales-per-minute", 600), Integer.getInteger("soak.replicas", 3),
                Duration.ofSeconds(Integer.getInteger("soak.stall", 3)));
    }

    private static Stream<Integer> range(String seeds) {
        String[] range = seeds.strip().split("-", 2);
        return IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])).boxed();
    }

    /** The replica whose clock is off, by the first seed; it may be killed like any other. */
    int wrongClock() {
        return replicas == 1 ? SPARED : SPARED + 1 + new Random(seeds.get(0) * 37L).nextInt(replicas - 1);
    }

    /** By how much: two to ten minutes, far more than any lease. */
    Duration wrongBy() {
        Random random = new Random(seeds.get(0) * 41L);
        Duration by = Duration.ofSeconds(120 + random.nextInt(480));
        return random.nextBoolean() ? by : by.negated();
    }

    /** Options of a replica's JVM. Its whole heap is resident from the start: what grows is something else. */
    List<String> options(int replica) {
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (replica == wrongClock()) {
            options.add(WrongClock.option(wrongBy()));
        }
        return options;
    }

    int salesPerTill() {
        return Math.max(1, (int) (salesPerMinute * trade.toSeconds() / 60 / channels));
    }

    /** A lease is longer than what is reserved of it for a call, and than a stall. */
    Duration lease() {
        return stall.multipliedBy(3);
    }

    /** No call takes longer; a stall does. */
    Duration call() {
        return stall.dividedBy(2);
    }

    /** The longest that books may differ after the trade: streams that failed again and again rest for long. */
    Duration quiet() {
        return Duration.ofSeconds(100).plus(stall.multipliedBy(8));
    }

    /** What the service is told. */
    Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        Duration reserve = call().plusSeconds(1);
        for (String feature : List.of("order", "stock", "price", "product", "shipment")) {
            config.put("tillbridge." + feature + ".lease-reserve", reserve.toString());
        }
        config.put("tillbridge.sync.lease", lease().toString());
        config.put("tillbridge.sync.renew", lease().dividedBy(5).toString());
        // A few at a time, else the first replica has them all.
        config.put("tillbridge.sync.claim", "3");
        config.put("tillbridge.sync.order-poll", "PT0.5S");
        config.put("tillbridge.sync.stock-poll", "PT0.5S");
        config.put("tillbridge.sync.quiet-poll", "PT2S");
        config.put("tillbridge.sync.till-scan", "PT5S");
        config.put("tillbridge.sync.sales-overlap", SALES_OVERLAP.toString());
        config.put("tillbridge.order.first-retry", "PT0.3S");
        config.put("tillbridge.order.longest-retry", "PT2S");
        config.put("tillbridge.order.first-look", "PT1S");
        config.put("tillbridge.order.quiet", "PT1.5S");
        // Later than a call that was stalled can still arrive.
        config.put("tillbridge.order.look-up-after", stall.plusSeconds(2).toString());
        config.put("tillbridge.order.look-up-again", "PT1S");
        config.put("tillbridge.order.sweep-after", "PT3S");
        config.put("tillbridge.stock.recheck", "PT0.5S");
        config.put("tillbridge.stock.recount-after", stall.multipliedBy(4).plusSeconds(20).toString());
        config.put("tillbridge.clover.rate.per-second", "100");
        config.put("tillbridge.clover.rate.write-wait", "PT1S");
        config.put("tillbridge.clover.timeout.call", call().toString());
        config.put("tillbridge.clover.retry.first-pause", "PT0.1S");
        config.put("tillbridge.clover.retry.longest-pause", "PT1S");
        config.put("tillbridge.clover.breaker.pause", "PT0.5S");
        config.put("tillbridge.shopify.timeout", call().toString());
        config.put("tillbridge.shopify.write-wait", "PT1S");
        config.put("tillbridge.shopify.retry-delay", "PT0.1S");
        config.put("tillbridge.shopify.bulk.poll-interval", "PT0.2S");
        config.put("tillbridge.webhook.public-url", ServiceProcess.OWN_ADDRESS);
        config.put("tillbridge.clover.webhook.auth-code", CLOVER_CODE);
        config.put("tillbridge.webhook.item-gather", "PT0.5S");
        config.put("tillbridge.webhook.first-retry", "PT0.5S");
        config.put("tillbridge.webhook.longest-retry", "PT5S");
        return config;
    }
}
