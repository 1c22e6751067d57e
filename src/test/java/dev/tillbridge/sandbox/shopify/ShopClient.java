package dev.tillbridge.sandbox.shopify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.tillbridge.sandbox.Sandbox;

/** Speaks to a sandbox's shop as the service does, over HTTP. */
final class ShopClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private String token = ShopifySide.DEMO_TOKEN;
    private String path = "/admin/api/2026-10/graphql.json";

    ShopClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    ShopClient as(String other) {
        ShopClient client = new ShopClient(sandbox);
        client.token = other;
        client.path = path;
        return client;
    }

    ShopClient at(String other) {
        ShopClient client = new ShopClient(sandbox);
        client.token = token;
        client.path = other;
        return client;
    }

    /** The answer's whole JSON. */
    JsonNode ask(String query, Map<String, ?> variables) {
        return json(send(query, variables).body());
    }

    JsonNode ask(String query) {
        return ask(query, Map.of());
    }

    /** The answer's data, which must have come without errors. */
    JsonNode data(String query, Map<String, ?> variables) {
        JsonNode answer = ask(query, variables);
        if (answer.has("errors")) {
            throw new AssertionError("errors: " + answer.get("errors"));
        }
        return answer.get("data");
    }

    JsonNode data(String query) {
        return data(query, Map.of());
    }

    HttpResponse<String> send(String query, Map<String, ?> variables) {
        return post(sandbox.shopifyUrl() + path, Map.of("query", query, "variables", variables), token);
    }

    HttpResponse<String> post(String url, Object body, String accessToken) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers
                            .ofString(body instanceof String text ? text : JSON.writeValueAsString(body)));
            if (accessToken != null) {
                request.header("X-Shopify-Access-Token", accessToken);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A call of the control API. */
    JsonNode control(String method, String call, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.controlUrl() + call))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(call + ": " + answer.body());
            }
            return json(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lines of a bulk operation's result. */
    List<JsonNode> lines(String url) {
        try {
            HttpResponse<java.util.stream.Stream<String>> answer = http
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofLines());
            List<JsonNode> lines = new ArrayList<>();
            answer.body().forEach(line -> lines.add(json(line)));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
