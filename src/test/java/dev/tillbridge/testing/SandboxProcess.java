package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.SandboxMain;

/** The sandbox in a process of its own, on free ports. */
public final class SandboxProcess implements AutoCloseable, Controls {

    private static final Pattern READY = Pattern
            .compile("Sandbox ready: control (\\S+), Clover (\\S+), Shopify (\\S+?)(?:, PostgreSQL (\\S+))?\\R");
    private static final Duration START = Duration.ofMinutes(1);

    private final JavaProcess process;
    private final JsonClient control;
    private final String cloverUrl;
    private final String shopifyUrl;
    private final String jdbcUrl;

    private SandboxProcess(JavaProcess process, Matcher ready) {
        this.process = process;
        this.control = new JsonClient(ready.group(1), null);
        this.cloverUrl = ready.group(2);
        this.shopifyUrl = ready.group(3);
        this.jdbcUrl = ready.group(4);
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param name of its log file
     * @param options of the JVM, such as {@code -Dsandbox.clover-limits=false}
     */
    public static SandboxProcess start(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        for (String port : List.of("control-port", "clover-port", "shopify-port", "database-port")) {
            arguments.add("-Dsandbox." + port + "=0");
        }
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.add(SandboxMain.class.getName());
        JavaProcess process = JavaProcess.start(JavaProcess.freshFile(name + ".log"), arguments);
        process.await("The sandbox", START, () -> READY.matcher(process.printed()).find());
        Matcher ready = READY.matcher(process.printed());
        if (!ready.find()) {
            throw new IllegalStateException(process.printed());
        }
        return new SandboxProcess(process, ready);
    }

    public long pid() {
        return process.pid();
    }

    public String cloverUrl() {
        return cloverUrl;
    }

    public String shopifyUrl() {
        return shopifyUrl;
    }

    /** Its PostgreSQL, where it was started with {@code -Dsandbox.database=true}. */
    public String jdbcUrl() {
        return Objects.requireNonNull(jdbcUrl, "The sandbox has no database");
    }

    @Override
    public JsonNode send(String method, String path, String body) {
        return control(method, path, body);
    }

    @Override
    public Optional<JsonNode> tried(String path, String body) {
        try {
            JsonClient.Answer answer = control.send("POST", path, body);
            if (answer.status() >= 500) {
                throw new IllegalStateException("POST " + path + " was answered " + answer.status() + ": " + answer.body());
            }
            return answer.status() < 300 ? Optional.of(answer.json()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A call of the control API that must succeed; the path is below {@code /_sandbox}. */
    public JsonNode control(String method, String path, String body) {
        return control.call(method, path, body);
    }

    /** How many requests both vendors got since they were forgotten. */
    public long requests() {
        JsonNode requests = control("GET", "/requests", null);
        return requests.path("clover").path("total").asLong() + requests.path("shopify").path("total").asLong();
    }

    public void seed(String body) {
        JsonNode counts = control("POST", "/seed", body);
        if (!counts.isObject()) {
            throw new IllegalStateException("Seeding was answered " + counts);
        }
    }

    /** Both books, side by side. */
    public List<StockPair> stock() {
        List<StockPair> pairs = new ArrayList<>();
        control("GET", "/state", null).path("stock").forEach(row -> pairs.add(StockPair.of(row)));
        return pairs;
    }

    /** The ids of the items whose stock was written, in the order it was, of the last 2,000 requests. */
    public List<String> writtenItems() {
        List<String> items = new ArrayList<>();
        control("GET", "/requests?last=2000", null).path("last").forEach(entry -> {
            if (entry.path("operation").asText().equals("item_stocks.post")) {
                String path = entry.path("path").asText();
                items.add(path.substring(path.lastIndexOf('/') + 1));
            }
        });
        return items;
    }

    public void forgetRequests() {
        if (!control("DELETE", "/requests", null).path("cleared").asBoolean()) {
            throw new IllegalStateException("The request log was not cleared");
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
