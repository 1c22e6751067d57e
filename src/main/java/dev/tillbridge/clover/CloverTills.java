package dev.tillbridge.clover;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.platform.VendorUsage;

/**
 * What is held in memory per till: a governor per token, because Clover counts by token, and a breaker per merchant. It
 * goes when it is forgotten or has not been used for an hour, so that tokens that were only tried do not pile up.
 */
@Singleton
class CloverTills {

    private static final long IDLE = TimeUnit.HOURS.toNanos(1);

    private final CloverConfig config;
    private final CloverRestClients clients;
    private final CloverMetrics metrics;
    private final ObjectMapper json;
    private final Vertx vertx;
    private final CloverApp app;
    private final Traces traces;
    private final VendorUsage usage;
    private final Map<Token, Governed> governors = new ConcurrentHashMap<>();
    private final Map<Merchant, CloverBreaker> breakers = new ConcurrentHashMap<>();
    private final Map<TillConnection, CloverTill> tills = new ConcurrentHashMap<>();

    CloverTills(CloverConfig config, CloverRestClients clients, CloverMetrics metrics, ObjectMapper json, Vertx vertx,
            CloverApp app, Traces traces, VendorUsage usage) {
        this.config = config;
        this.clients = clients;
        this.metrics = metrics;
        this.json = json;
        this.vertx = vertx;
        this.app = app;
        this.traces = traces;
        this.usage = usage;
    }

    /** @throws IllegalArgumentException where there is no such region */
    CloverTill of(TillConnection connection) {
        CloverTill known = tills.get(connection);
        if (known != null) {
            return known;
        }
        dropIdle();
        return tills.computeIfAbsent(connection, this::build);
    }

    void forget(TillConnection connection) {
        tills.remove(connection);
        governors.remove(new Token(connection.region(), connection.token()));
        breakers.remove(new Merchant(connection.region(), connection.merchantId()));
    }

    private CloverTill build(TillConnection connection) {
        CloverRegion region = CloverRegion.named(connection.region()).orElseThrow(() -> new IllegalArgumentException(
                "Clover has no region \"" + connection.region() + "\"; there are " + CloverRegion.keys()));
        Governed governed = governors.computeIfAbsent(new Token(connection.region(), connection.token()), token -> {
            CloverTurns turns = app.turns()
                    .orElseGet(() -> CloverTurns.ofToken(Loop.on(((VertxInternal) vertx).getEventLoopGroup().next())));
            return new Governed(new CloverGovernor(config.rate(), turns, metrics), turns.loop);
        });
        CloverBreaker breaker = breakers.computeIfAbsent(new Merchant(connection.region(), connection.merchantId()),
                merchant -> CloverBreaker.of(config.breaker(), merchant.id()));
        CloverAnswers answers = new CloverAnswers(json, connection);
        VendorUsage.Account account = new VendorUsage.Account(CloverConnector.KEY, connection.merchantId());
        double perMinute = config.rate().perSecond() * 60;
        return new CloverTill(clients.of(region),
                new CloverCaller(config, governed.loop(), governed.governor(), breaker, answers, metrics, traces,
                        refused -> usage.answered(account, 1, perMinute, refused)),
                answers, connection);
    }

    private void dropIdle() {
        governors.forEach((token, governed) -> {
            if (governed.loop().nanos() - governed.governor().lastUsed() > IDLE) {
                tills.keySet().stream()
                        .filter(connection -> connection.region().equals(token.region())
                                && connection.token().equals(token.secret()))
                        .forEach(this::forget);
            }
        });
    }

    private record Token(String region, Secret secret) {}

    private record Merchant(String region, String id) {}

    private record Governed(CloverGovernor governor, Loop loop) {}
}
