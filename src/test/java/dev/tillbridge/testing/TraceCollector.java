package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes traces by OTLP over HTTP, as a collector does, and keeps them. */
public final class TraceCollector implements AutoCloseable {

    // Of opentelemetry/proto/collector/trace/v1 and trace/v1: the numbers of the fields that are read.
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_SPAN_ID = 4;
    private static final int NAME = 5;
    private static final int ATTRIBUTES = 9;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int STRING_VALUE = 1;

    /**
     * @param parentId empty for a trace's root
     * @param attributes those whose values are texts
     */
    public record Span(String traceId, String id, String parentId, String name, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    public TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** All so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Everything that was sent, texts readable as they are. */
    public String raw() {
        StringBuilder all = new StringBuilder();
        bodies.forEach(body -> all.append(new String(body, StandardCharsets.UTF_8)));
        return all.toString();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        bodies.add(body);
        for (byte[] resource : ProtobufFields.of(body).all(RESOURCE_SPANS)) {
            for (byte[] scope : ProtobufFields.of(resource).all(SCOPE_SPANS)) {
                ProtobufFields.of(scope).all(SPANS).forEach(span -> spans.add(span(ProtobufFields.of(span))));
            }
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Span span(ProtobufFields span) {
        Map<String, String> attributes = new TreeMap<>();
        for (byte[] attribute : span.all(ATTRIBUTES)) {
            ProtobufFields pair = ProtobufFields.of(attribute);
            List<byte[]> text = new ArrayList<>(ProtobufFields.of(pair.first(VALUE)).all(STRING_VALUE));
            if (!text.isEmpty()) {
                attributes.put(text(pair.first(KEY)), text(text.get(0)));
            }
        }
        return new Span(hex(span.first(TRACE_ID)), hex(span.first(SPAN_ID)), hex(span.first(PARENT_SPAN_ID)),
                text(span.first(NAME)), attributes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
