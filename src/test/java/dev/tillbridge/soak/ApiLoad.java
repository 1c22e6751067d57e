package dev.tillbridge.soak;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ServiceApi;

/** People who look at their channels and change them, several at once and without a pause, until it is ended. */
final class ApiLoad implements AutoCloseable {

    private static final int PEOPLE = 3;
    private static final long END_SECONDS = 30;

    private final JsonClient http;
    private final List<String> channels;
    private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    ApiLoad(JsonClient http, List<String> channels) {
        this.http = http;
        this.channels = channels;
        for (int person = 0; person < PEOPLE; person++) {
            int first = person;
            people.execute(() -> look(first));
        }
    }

    /** How many calls were made. */
    int calls() {
        return calls.get();
    }

    /** Those that were not answered as asked. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void look(int first) {
        for (int turn = first; !over; turn++) {
            String path = ServiceApi.path(channels.get(turn % channels.size()));
            switch (turn % 5) {
                case 0 -> call("GET", path, null);
                case 1 -> call("GET", path + "/orders?limit=20", null);
                case 2 -> call("GET", path + "/links?limit=50", null);
                case 3 -> call("PATCH", path, "{\"name\":\"Till " + path.substring(path.length() - 12) + "\"}");
                default -> call("GET", path + "/journal?limit=20", null);
            }
        }
    }

    private void call(String method, String path, String body) {
        calls.incrementAndGet();
        try {
            JsonClient.Answer answer = http.send(method, path, body);
            if (answer.status() != 200) {
                failures.add(method + " " + path + " was answered " + answer.status() + ": " + answer.body());
            }
        } catch (IOException e) {
            failures.add(method + " " + path + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
    }

    /** Waits until the calls under way are answered. */
    void end() throws InterruptedException {
        over = true;
        people.shutdown();
        if (!people.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
            failures.add("A call did not end");
        }
    }

    @Override
    public void close() {
        over = true;
        people.shutdownNow();
    }
}
