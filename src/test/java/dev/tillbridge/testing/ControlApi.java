package dev.tillbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The sandbox's control API, for a test. */
public final class ControlApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Controls SHARED = new Controls() {

        @Override
        public JsonNode send(String method, String path, String body) {
            return ControlApi.send(method, path, body);
        }

        @Override
        public Optional<JsonNode> tried(String path, String body) {
            return ControlApi.tried(path, body);
        }
    };

    private ControlApi() {}

    /** The same of the sandbox that all tests share, to be handed on. */
    public static Controls shared() {
        return SHARED;
    }

    public static JsonNode send(String method, String path, String body) {
        HttpResponse<String> answer = answer(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return json(answer);
    }

    /** As {@link Controls#tried}. */
    public static Optional<JsonNode> tried(String path, String body) {
        HttpResponse<String> answer = answer("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 499);
        return answer.statusCode() < 300 ? Optional.of(json(answer)) : Optional.empty();
    }

    private static HttpResponse<String> answer(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(SandboxResource.sandbox().controlUrl() + path))
                .header("Content-Type", "application/json")
                .method(method,
                        method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void post(String path, String body) {
        assertThat(send("POST", path, body).isObject()).isTrue();
    }

    public static void put(String path, String body) {
        assertThat(send("PUT", path, body).isObject()).isTrue();
    }

    public static void delete(String path) {
        assertThat(send("DELETE", path, "").isObject()).isTrue();
    }

    /** A list of objects in what a GET answers. */
    public static List<Map<String, Object>> list(String path, String field) {
        return JSON.convertValue(send("GET", path, "").path(field), new TypeReference<List<Map<String, Object>>>() {
        });
    }

    /** Strikes the first calls of an operation. */
    public static void fault(String operation, String kind, int times) {
        post("/faults",
                "{\"side\":\"clover\",\"operation\":\"" + operation + "\",\"kind\":\"" + kind + "\",\"nth\":1,\"times\":"
                        + times + "}");
    }

    /** How often an operation was called. */
    public static long calls(String operation) {
        return SandboxResource.sandbox().requests("clover").operations().getOrDefault(operation, 0L);
    }

    /** A token of the demo merchant with these permissions, quoted and separated by commas. */
    public static String token(String permissions) {
        return send("POST", "/clover/tokens", "{\"permissions\":[" + permissions + "]}").path("token").asText();
    }
}
