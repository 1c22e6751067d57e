package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Secret;

/**
 * The token of one shop's client credentials: about a day's, kept in memory, renewed before it ends. Whoever asks while
 * it is being fetched waits for the same fetch.
 */
final class ShopifyTokens {

    /** Renewed this long before its end, but no earlier than after nine tenths of its life. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** A token as Shopify gave it. */
    record Grant(Secret token, Duration validFor) {}

    private final Supplier<Uni<Grant>> exchange;
    private final LongSupplier nanoTime;
    private Secret token;
    private long renewAt;
    private Uni<Secret> underWay;

    ShopifyTokens(Supplier<Uni<Grant>> exchange, LongSupplier nanoTime) {
        this.exchange = exchange;
        this.nanoTime = nanoTime;
    }

    Uni<Secret> current() {
        return Uni.createFrom().deferred(() -> {
            synchronized (this) {
                return token != null && nanoTime.getAsLong() - renewAt < 0 ? Uni.createFrom().item(token) : fetch();
            }
        });
    }

    /** Another token than this one, which Shopify has refused. */
    Uni<Secret> insteadOf(Secret stale) {
        return Uni.createFrom().deferred(() -> {
            synchronized (this) {
                if (stale.equals(token)) {
                    token = null;
                }
            }
            return current();
        });
    }

    private Uni<Secret> fetch() {
        if (underWay == null) {
            underWay = Uni.createFrom().deferred(() -> exchange.get())
                    .onItem().invoke(this::keep)
                    .onFailure().invoke(failure -> keep(null))
                    .map(Grant::token)
                    .memoize().indefinitely();
        }
        return underWay;
    }

    private synchronized void keep(Grant grant) {
        underWay = null;
        if (grant != null) {
            var margin = Math.min(MARGIN.toNanos(), grant.validFor().toNanos() / 10);
            token = grant.token();
            renewAt = nanoTime.getAsLong() + grant.validFor().toNanos() - margin;
        }
    }
}
