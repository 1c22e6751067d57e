package dev.tillbridge.soak;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.tillbridge.testing.ServiceProcess;

/**
 * How much is played, by system properties: {@code soak.seeds} ({@code 4} or {@code 1-30}), {@code soak.stores},
 * {@code soak.channels}, {@code soak.variants}, {@code soak.seconds} of trade, {@code soak.sales-per-minute} over all tills,
 * {@code soak.replicas}, {@code soak.webhooks} (whether shops tell of changes, and some of what they tell is lost, late, doubled and
 * reordered) and {@code soak.stall}, the seconds for which a vendor stalls. What the service waits for is scaled with the
 * stall, so that each wait stands to it as the defaults do to 30 s.
 */
record SoakScale(List<Integer> seeds, int stores, int channels, int variants, Duration trade, int salesPerMinute, int replicas,
        Duration stall, boolean webhooks) {

    static SoakScale fromProperties() {
        String[] range = System.getProperty("soak.seeds", "1-3").split("-", 2);
        return new SoakScale(
                IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])).boxed().toList(),
                Integer.getInteger("soak.stores", 4), Integer.getInteger("soak.channels", 6),
                Integer.getInteger("soak.variants", 12), Duration.ofSeconds(Integer.getInteger("soak.seconds", 10)),
                Integer.getInteger("soak.sales-per-minute", 600), Integer.getInteger("soak.replicas", 3),
                Duration.ofSeconds(Integer.getInteger("soak.stall", 3)), Boolean.getBoolean("soak.webhooks"));
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
        // A cursor that is moved too early must not be saved by reading far back; but orders come up to 6 s late, with old times.
        config.put("tillbridge.sync.sales-overlap", "PT8S");
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
        if (webhooks) {
            config.put("tillbridge.webhook.public-url", ServiceProcess.OWN_ADDRESS);
        }
        return config;
    }
}
