package dev.tillbridge.shopify;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.vertx.core.Vertx;

import dev.tillbridge.channel.ShopConnection;

/** The sessions of the shops this replica talks to, by domain in lower case. */
@Singleton
class ShopifySessions {

    private final ShopifyTransport transport;
    private final ShopifyConfig config;
    private final Vertx vertx;
    private final Map<String, ShopifySession> sessions = new ConcurrentHashMap<>();

    ShopifySessions(ShopifyTransport transport, ShopifyConfig config, Vertx vertx) {
        this.transport = transport;
        this.config = config;
        this.vertx = vertx;
    }

    ShopifySession of(ShopConnection shop) {
        return sessions.computeIfAbsent(key(shop), this::open);
    }

    void forget(ShopConnection shop) {
        sessions.remove(key(shop));
    }

    private ShopifySession open(String domain) {
        ShopifyGovernor.Timer timer = (delay, action) -> {
            var id = vertx.setTimer(Math.max(1, delay.toMillis() + 1), fired -> action.run());
            return () -> vertx.cancelTimer(id);
        };
        return new ShopifySession(domain, transport, new ShopifyGovernor(System::nanoTime, timer, config.concurrency()),
                System::nanoTime);
    }

    private static String key(ShopConnection shop) {
        return shop.shopDomain().toLowerCase(Locale.ROOT);
    }
}
