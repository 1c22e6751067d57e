package dev.tillbridge.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A sandbox on free ports, called over HTTP as everyone else calls it. */
public final class TestSandbox implements AutoCloseable {

    public static final String TOKEN = "demo-clover-token";
    private static final String MERCHANT = "/v3/merchants/3D19QN31ANYR5";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public TestSandbox() {
        this(SandboxOptions.onFreePorts());
    }

    /** With these options, but without rate limits. */
    public TestSandbox(SandboxOptions options) {
        sandbox = Sandbox.start(options.withLimits(false, false));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /** An answer with its JSON. */
    public record Answer(int status, JsonNode json, HttpResponse<String> http) {}

    public Answer control(String method, String path, String body) {
        return parsed(send(request(method, sandbox.controlUrl() + path, body).build()));
    }

    /** A call below the demo merchant, with the demo token; {@code path} such as {@code /items?limit=3}. */
    public Answer clover(String method, String path, String body) {
        return clover(TOKEN, method, MERCHANT + path, body);
    }

    public Answer clover(String token, String method, String path, String body) {
        return parsed(send(cloverRequest(token, method, path, body)));
    }

    /** A GraphQL call of a shop without variables. */
    public Answer shopify(String shop, String token, String query) {
        return parsed(send(request("POST", sandbox.shopifyUrl() + "/" + shop + "/admin/api/2026-10/graphql.json",
                "{\"query\":\"" + query + "\"}").header("X-Shopify-Access-Token", token)
                .header("Content-Type", "application/json").build()));
    }

    public HttpResponse<String> raw(String method, String path, String body) {
        return send(cloverRequest(TOKEN, method, MERCHANT + path, body));
    }

    public CompletableFuture<HttpResponse<String>> later(String method, String path, String body) {
        return http.sendAsync(cloverRequest(TOKEN, method, MERCHANT + path, body), HttpResponse.BodyHandlers.ofString());
    }

    public HttpRequest cloverRequest(String token, String method, String path, String body) {
        return request(method, sandbox.cloverUrl() + path, body).header("Authorization", "Bearer " + token)
                .header("User-Agent", "tillbridge-test/1 (contract)").build();
    }

    /** Sends, and lets a broken connection through as it is. */
    public HttpResponse<String> sendOrBreak(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only, or last created, item. */
    public JsonNode newestItem() {
        return clover("GET", "/items?limit=1&expand=itemStock", null).json().path("elements").path(0);
    }

    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return sendOrBreak(request);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(String method, String url, String body) {
        return HttpRequest.newBuilder(URI.create(url)).method(method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
    }

    private static Answer parsed(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
        } catch (IOException e) {
            throw new IllegalStateException("No JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
