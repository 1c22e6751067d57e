package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON over HTTP from outside, as users of the service and of the sandbox speak it. */
public final class JsonClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String base;
    private final String bearer;

    /**
     * @param base address without a slash at the end
     * @param bearer sent as the bearer token; null sends none
     */
    public JsonClient(String base, String bearer) {
        this.base = base;
        this.bearer = bearer;
    }

    public String base() {
        return base;
    }

    /** An answer of any status. */
    public record Answer(int status, String body, HttpHeaders headers) {

        public JsonNode json() {
            return read(body);
        }
    }

    /**
     * @param body JSON, unless a header says otherwise; null sends none
     * @param headers names and values by turns
     */
    public Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).method(method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer.headers());
    }

    /** The same where it must succeed. */
    public JsonNode call(String method, String path, String body, String... headers) {
        try {
            Answer answer = send(method, path, body, headers);
            if (answer.status() / 100 != 2) {
                throw new IllegalStateException(method + " " + base + path + " was answered " + answer.status() + ": "
                        + answer.body());
            }
            return answer.body().isEmpty() ? JSON.createObjectNode() : answer.json();
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** @throws IllegalArgumentException where the text is no JSON */
    public static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + text, e);
        }
    }
}
