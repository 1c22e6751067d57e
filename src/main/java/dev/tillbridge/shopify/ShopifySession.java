package dev.tillbridge.shopify;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.Secret;

/** What is held in memory for one shop: its governor, its circuit breaker, its exchanged token, what documents cost. */
final class ShopifySession {

    private final String shop;
    private final ShopifyTransport transport;
    private final ShopifyGovernor governor;
    private final LongSupplier nanoTime;
    private final Map<ShopifyOperation, Double> costPerRow = new EnumMap<>(ShopifyOperation.class);
    /** Opens on failures of the connection alone: an answer, of whatever kind, shows that the shop can be reached. */
    private final TypedGuard<Uni<HttpAnswer>> breaker = TypedGuard.create(new TypeLiteral<Uni<HttpAnswer>>() {
    })
            .withCircuitBreaker().requestVolumeThreshold(10).failureRatio(0.5).delay(5, ChronoUnit.SECONDS).successThreshold(1)
            .done().build();
    private ShopConnection.ClientCredentials credentials;
    private ShopifyTokens tokens;

    ShopifySession(String shop, ShopifyTransport transport, ShopifyGovernor governor, LongSupplier nanoTime) {
        this.shop = shop;
        this.transport = transport;
        this.governor = governor;
        this.nanoTime = nanoTime;
    }

    ShopifyGovernor governor() {
        return governor;
    }

    /**
     * Sends a document; a 401 to an exchanged token is answered once with a new one, for nothing was done.
     *
     * @param objection asked just before each sending, when the token is there: null where nothing speaks against it
     */
    Uni<HttpAnswer> send(ShopConnection.Credentials with, ShopifyOperation operation, Wire.Request request,
            Supplier<ConnectorException> objection) {
        if (with instanceof ShopConnection.AccessToken fixed) {
            return post(fixed.token(), operation, request, objection);
        }
        var exchanged = tokens((ShopConnection.ClientCredentials) with);
        return exchanged.current()
                .chain(token -> post(token, operation, request, objection).chain(answer -> answer.status() == 401
                        ? exchanged.insteadOf(token).chain(other -> post(other, operation, request, objection))
                        : Uni.createFrom().item(answer)));
    }

    double cost(ShopifyOperation operation, int rows) {
        synchronized (costPerRow) {
            return Math.ceil(costPerRow.getOrDefault(operation, (double) operation.estimate()) * rows);
        }
    }

    void learn(ShopifyOperation operation, int rows, double cost) {
        synchronized (costPerRow) {
            costPerRow.put(operation, cost / rows);
        }
    }

    private Uni<HttpAnswer> post(Secret token, ShopifyOperation operation, Wire.Request request,
            Supplier<ConnectorException> objection) {
        return Uni.createFrom().deferred(() -> {
            var refused = objection.get();
            return refused == null
                    ? breaker.get(() -> transport.graphql(shop, token, operation, request))
                    : Uni.createFrom().failure(refused);
        });
    }

    private synchronized ShopifyTokens tokens(ShopConnection.ClientCredentials with) {
        if (!with.equals(credentials)) {
            credentials = with;
            tokens = new ShopifyTokens(() -> exchange(with), nanoTime);
        }
        return tokens;
    }

    /** Client credentials grant (shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant). */
    private Uni<ShopifyTokens.Grant> exchange(ShopConnection.ClientCredentials with) {
        var request = new Wire.TokenRequest("client_credentials", with.clientId(), with.clientSecret().reveal());
        return breaker.get(() -> transport.accessToken(shop, request))
                .onFailure().transform(failure -> ShopifyFailures.transport(failure, ShopifyOperation.SHOP_PROFILE))
                .map(ShopifySession::grant);
    }

    private static ShopifyTokens.Grant grant(HttpAnswer answer) {
        if (answer.status() != 200) {
            throw ShopifyFailures.token(answer);
        }
        try {
            var granted = Wire.JSON.readValue(answer.body(), Wire.TokenAnswer.class);
            if (granted != null && granted.accessToken() != null && !granted.accessToken().isBlank()) {
                var seconds = granted.expiresIn() == null ? Duration.ofHours(1).toSeconds() : granted.expiresIn();
                return new ShopifyTokens.Grant(Secret.of(granted.accessToken()), Duration.ofSeconds(seconds));
            }
        } catch (IOException e) {
            throw new ConnectorException.Transient("invalid-answer", "Shopify's answer to a token request is no JSON", false,
                    null);
        }
        throw new ConnectorException.Transient("invalid-answer", "Shopify's answer to a token request holds no token", false,
                null);
    }
}
