package dev.tillbridge.shopify;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Traces;

/**
 * Streams the file of a bulk operation. It lies with a storage service, behind a signed address that is called as given:
 * without the shop's token, which is not that service's business, and without following redirects. Reading stops while
 * nobody asks for more, so that memory holds a few buffers whatever the file's size.
 */
@Singleton
class BulkDownload {

    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final ShopifyConfig config;
    private final Traces traces;
    private final HttpClient client;

    BulkDownload(ShopifyConfig config, Vertx vertx, Traces traces) {
        this.config = config;
        this.traces = traces;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) config.bulk().idleTimeout().toMillis())
                .setKeepAlive(false));
    }

    @PreDestroy
    void close() {
        client.closeAndForget();
    }

    /** The file's lines as they come; fails with {@code incomplete-read} where it cannot be read to its end. */
    Multi<JsonNode> lines(String url) {
        return traces.download("shopify", "bulk-download", () -> Multi.createFrom().deferred(() -> {
            var lines = new JsonLines(LONGEST_LINE);
            var body = client.request(new RequestOptions().setAbsoluteURI(checked(url)))
                    .chain(request -> request.send())
                    .ifNoItem().after(config.timeout()).fail()
                    .onItem().transformToMulti(BulkDownload::body)
                    .onItem().transformToMultiAndConcatenate(buffer -> parsed(lines.feed(buffer.getBytes())));
            var rest = Multi.createFrom().deferred(() -> parsed(lines.end()));
            return Multi.createBy().concatenating().streams(body, rest);
        }).onFailure(failure -> !(failure instanceof ConnectorException)).transform(failure -> incomplete(
                "The result of a bulk operation could not be downloaded (" + failure.getClass().getSimpleName() + ")",
                failure)));
    }

    static ConnectorException incomplete(String message, Throwable cause) {
        return new ConnectorException.Transient("incomplete-read", message, false, cause);
    }

    private static Multi<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Multi.createFrom().failure(
                    incomplete("The result of a bulk operation is not to be had: HTTP " + response.statusCode(), null));
        }
        return response.toMulti();
    }

    private static Multi<JsonNode> parsed(List<byte[]> lines) {
        return Multi.createFrom().iterable(lines).map(line -> {
            try {
                return Wire.JSON.readTree(line);
            } catch (IOException e) {
                // Without the parser's message, which quotes the line.
                throw incomplete("A line of a bulk operation's result is no JSON", null);
            }
        });
    }

    /** Plain HTTP is right for a simulated shop alone. */
    private String checked(String url) {
        var scheme = URI.create(url).getScheme();
        if (!"https".equals(scheme) && !("http".equals(scheme) && config.url().startsWith("http:"))) {
            throw incomplete("The result of a bulk operation lies at an address that is not https", null);
        }
        return url;
    }
}
