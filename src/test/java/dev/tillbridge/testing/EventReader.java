package dev.tillbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** A reader of {@code GET /api/v1/events}, as a browser reads it. */
public final class EventReader implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(15);

    /** An event with its JSON; a comment's name is a colon, and its data missing. */
    public record Event(String name, JsonNode data) {}

    private final HttpResponse<InputStream> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile IOException broken;

    private EventReader(HttpResponse<InputStream> answer) {
        this.answer = answer;
        this.thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param query such as {@code ?channelId=…}, or nothing */
    public static EventReader open(String base, String key, String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/events" + query)).header("Authorization", "Bearer " + key)
                        .header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new EventReader(answer);
    }

    /** Waits for an event like this. */
    public Event event(String name, Predicate<JsonNode> data) {
        Predicate<Event> like = event -> event.name().equals(name) && data.test(event.data());
        await().atMost(SOON).alias(name + " among " + events).until(() -> events.stream().anyMatch(like));
        return events.stream().filter(like).findFirst().orElseThrow();
    }

    /** All so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    public void forget() {
        events.clear();
    }

    /** Waits for the stream's end, which must be in order. */
    public void end(Duration longest) {
        await().atMost(longest).until(() -> !thread.isAlive());
        assertThat(broken).as("how it ended").isNull();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String name = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    events.add(new Event(":", null));
                } else if (line.startsWith("event:")) {
                    name = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name, JsonClient.read(line.substring("data:".length()))));
                }
            }
        } catch (IOException e) {
            broken = e;
        }
    }

    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
