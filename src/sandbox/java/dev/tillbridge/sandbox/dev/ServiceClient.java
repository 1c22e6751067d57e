package dev.tillbridge.sandbox.dev;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The service's REST API, as its users call it. */
final class ServiceClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String base;
    private final String key;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param base address without a slash at the end */
    ServiceClient(String base, String key) {
        this.base = base;
        this.key = key;
    }

    String base() {
        return base;
    }

    String key() {
        return key;
    }

    /** The id of a store that is connected now. */
    String connectStore(String shopDomain, String accessToken) throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode().put("shopDomain", shopDomain).put("accessToken", accessToken);
        return json.readTree(call("POST", "/api/v1/stores", body, null).body()).path("id").asText();
    }

    /** The id of a channel that is connected now. */
    String connectChannel(String storeId, String name, String merchantId, String token)
            throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode().put("storeId", storeId).put("name", name).put("integration", "clover")
                .put("region", "sandbox").put("merchantId", merchantId).put("token", token);
        return json.readTree(call("POST", "/api/v1/channels", body, null).body()).path("id").asText();
    }

    /** Stock and till sales. */
    void turnOn(String channelId, int safetyStock) throws IOException, InterruptedException {
        String path = "/api/v1/channels/" + channelId + "/settings";
        HttpResponse<String> present = call("GET", path, null, null);
        ObjectNode settings = (ObjectNode) json.readTree(present.body());
        settings.withObject("/inventorySync").put("enabled", true).put("safetyStock", safetyStock);
        settings.withObject("/orderSync").put("enabled", true);
        HttpResponse<String> saved = call("PUT", path, settings, present.headers().firstValue("ETag").orElse(null));
        if (!json.readTree(saved.body()).isObject()) {
            throw new IOException("The settings were answered with no object.");
        }
    }

    private HttpResponse<String> call(String method, String path, JsonNode body, String ifMatch)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key).header("Content-Type", "application/json").method(method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " was answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }
}
