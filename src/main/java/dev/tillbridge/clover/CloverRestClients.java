package dev.tillbridge.clover;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

import dev.tillbridge.platform.TraceHeader;
import dev.tillbridge.platform.Traces;

/** One REST client, with its connections, per region; built when a till of that region is first called. */
@Singleton
class CloverRestClients {

    private final CloverConfig config;
    private final Traces traces;
    private final Map<CloverRegion, CloverRestClient> clients = new EnumMap<>(CloverRegion.class);

    CloverRestClients(CloverConfig config, Traces traces) {
        this.config = config;
        this.traces = traces;
    }

    synchronized CloverRestClient of(CloverRegion region) {
        return clients.computeIfAbsent(region, this::build);
    }

    private CloverRestClient build(CloverRegion region) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(region.url(config.url()))
                .userAgent(config.userAgent())
                .connectTimeout(config.timeout().connect().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.timeout().call().toMillis(), TimeUnit.MILLISECONDS)
                // A redirect could carry the token to another host.
                .followRedirects(false)
                // Statuses are judged by CloverAnswers, which needs headers and body.
                .disableDefaultMapper(true)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, config.connections());
        return (traces.on() ? builder.register(new TraceHeader()) : builder).build(CloverRestClient.class);
    }
}
