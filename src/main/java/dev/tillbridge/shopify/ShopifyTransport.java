package dev.tillbridge.shopify;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.client.api.LoggingScope;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.TraceHeader;
import dev.tillbridge.platform.Traces;

/**
 * Carries calls to shops and brings back whatever they answer, of any status. Redirects are not followed: a token goes
 * to the shop's own address and nowhere else.
 */
@Singleton
class ShopifyTransport {

    private static final String VENDOR = "shopify";

    private final ShopifyConfig config;
    private final Traces traces;
    private final ShopifyRestClient client;

    ShopifyTransport(ShopifyConfig config, Traces traces) {
        this.config = config;
        this.traces = traces;
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                // Never called: each call names its own base.
                .baseUri(URI.create("https://shop.invalid"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true)
                .loggingScope(LoggingScope.NONE)
                .userAgent("Tillbridge");
        this.client = (traces.on() ? builder.register(new TraceHeader()) : builder).build(ShopifyRestClient.class);
    }

    /** @param operation whose document the request sends */
    Uni<HttpAnswer> graphql(String shop, Secret token, ShopifyOperation operation, Wire.Request request) {
        return traced(operation.document(),
                () -> client.graphql(base(shop), config.apiVersion(), token.reveal(), json(request)))
                .ifNoItem().after(config.timeout()).fail();
    }

    Uni<HttpAnswer> accessToken(String shop, Wire.TokenRequest request) {
        return traced("access-token", () -> client.accessToken(base(shop), json(request)))
                .ifNoItem().after(config.timeout()).fail();
    }

    private Uni<HttpAnswer> traced(String operation, Supplier<Uni<Response>> exchange) {
        return traces.request(traces.here(), VENDOR, operation, () -> exchange.get().map(ShopifyTransport::read),
                HttpAnswer::status);
    }

    private String base(String shop) {
        return config.url().replace("{shop}", shop);
    }

    private static HttpAnswer read(Response response) {
        var body = response.hasEntity() ? response.readEntity(String.class) : "";
        return new HttpAnswer(response.getStatus(), response.getHeaderString(HttpHeaders.DATE),
                response.getHeaderString(HttpHeaders.RETRY_AFTER), response.getHeaderString("X-Request-Id"), body);
    }

    private static String json(Object body) {
        try {
            return Wire.JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A request cannot be written as JSON", e);
        }
    }
}
