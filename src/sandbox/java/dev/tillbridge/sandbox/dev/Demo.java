package dev.tillbridge.sandbox.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.tillbridge.sandbox.Sandbox;
import dev.tillbridge.sandbox.http.RequestLog;

/**
 * Connects the demo store and till through the service's REST API, turns stock and till sales on, and tells every 5 s how many till
 * quantities are what the rule says, until all are.
 */
final class Demo implements Runnable {

    private static final Logger LOG = Logger.getLogger(Demo.class.getName());
    private static final String SHOP = "tillbridge-demo.myshopify.com";
    private static final String SHOP_TOKEN = "shpat_demo";
    private static final String MERCHANT = "3D19QN31ANYR5";
    private static final String CLOVER_TOKEN = "demo-clover-token";
    private static final int SAFETY_STOCK = 2;
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Sandbox sandbox;
    private final ServiceClient service;

    Demo(Sandbox sandbox, ServiceClient service) {
        this.sandbox = sandbox;
        this.service = service;
    }

    @Override
    public void run() {
        try {
            String store = service.connectStore(SHOP, SHOP_TOKEN);
            String channel = service.connectChannel(store, "Demo Till", MERCHANT, CLOVER_TOKEN);
            service.turnOn(channel, SAFETY_STOCK);
            LOG.info("Demo: store and till are connected, inventory and order sync are on, with a safety stock of "
                    + SAFETY_STOCK
                    + ". Till and shop can be changed at " + sandbox.controlUrl());
            watch(channel);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Demo: could not be set up. " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(String channel) throws InterruptedException {
        long started = System.nanoTime();
        while (true) {
            Thread.sleep(EVERY.toMillis());
            StockProgress progress = StockProgress.of(sandbox.stock(Sandbox.SHOPIFY), sandbox.stock(Sandbox.CLOVER),
                    SAFETY_STOCK);
            RequestLog.Summary requests = sandbox.requests(Sandbox.CLOVER);
            double seconds = (System.nanoTime() - started) / 1e9;
            long writes = requests.operations().getOrDefault("item_stocks.post", 0L);
            LOG.info(String.format(Locale.ROOT, "Demo: %,d of %,d linked variants in step after %.0f s (%.1f writes/s, %s)",
                    progress.inStep(), progress.linked(), seconds, writes / seconds,
                    requests.tooManyRequests() == 0 ? "no 429" : requests.tooManyRequests() + " answers 429"));
            if (progress.inStep() == progress.linked()) {
                LOG.info("Demo: all in step. Look at a link with both stocks:\n  curl -s -H 'Authorization: Bearer "
                        + service.key() + "' '" + service.base() + "/api/v1/channels/" + channel
                        + "/links?q=TB-000001'\nDemo: sell something at the till, and look at its way to the store:\n  curl -s "
                        + sandbox.controlUrl() + "/clover/sales -H 'Content-Type: application/json' -d "
                        + "'{\"lines\":[{\"sku\":\"TB-000001\",\"units\":2}]}'\n  curl -s -H 'Authorization: Bearer "
                        + service.key() + "' '" + service.base() + "/api/v1/channels/" + channel + "/orders'");
                return;
            }
        }
    }
}
