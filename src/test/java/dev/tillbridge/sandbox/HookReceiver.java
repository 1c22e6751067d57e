package dev.tillbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes webhooks on this machine and remembers them. */
public final class HookReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator status = number -> 200;
    private volatile long delayMs;

    public HookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** One webhook as it came. */
    public record Hook(String path, Headers headers, String body, long nanos) {

        public String header(String name) {
            return headers.getFirst(name);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int number;
        synchronized (hooks) {
            hooks.add(new Hook(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body, System.nanoTime()));
            number = hooks.size();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(delayMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(status.applyAsInt(number), -1);
        exchange.close();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Answers by the number of the webhook, from 1. */
    public void answers(IntUnaryOperator byNumber) {
        status = byNumber;
    }

    public void delays(long milliseconds) {
        delayMs = milliseconds;
    }

    public List<Hook> hooks() {
        return List.copyOf(hooks);
    }

    public List<Hook> hooks(String topic) {
        return hooks.stream().filter(hook -> topic.equals(hook.header("X-Shopify-Topic"))).toList();
    }

    /** Waits until so many are there. */
    public List<Hook> await(int count) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(10))
                .until(() -> hooks.size() >= count);
        return hooks();
    }

    /** Waits for the first one of a topic. */
    public Hook await(String topic) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(10))
                .until(() -> !hooks(topic).isEmpty());
        return hooks(topic).get(0);
    }

    public void clear() {
        hooks.clear();
        status = number -> 200;
        delayMs = 0;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
