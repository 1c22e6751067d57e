package dev.tillbridge.shopify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** A shop that answers what a test has laid out for each operation, the last of it again and again. */
final class StubShop implements AutoCloseable {

    static final String THROTTLED = """
                                    {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":60,
                                    "actualQueryCost":null,"throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":50,"restoreRate":100}}}}""";

    private static final Pattern OPERATION = Pattern.compile("(?m)^(?:query|mutation) (\\w+)");

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile String requestId;

    StubShop(Vertx vertx) {
        // Like Quarkus's own server in tests, port 0 from the start: its metrics have a tag for any other.
        server = vertx.createHttpServer(new HttpServerOptions().setPort(0))
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** What was asked: the operation's or path's name, the token sent, and the variables or the form. */
    record Request(String operation, String path, String token, JsonObject variables, String query) {}

    /** How it answers. {@code cut} bytes of the body are sent and the connection is then closed; -1 sends all. */
    record Reply(int status, String body, int cut) {}

    String url() {
        return "http://localhost:" + server.actualPort();
    }

    /** The {@code X-Request-Id} of all further answers; without it they have none. */
    StubShop withRequestId(String id) {
        requestId = id;
        return this;
    }

    StubShop on(String operation, String... bodies) {
        for (var body : bodies) {
            reply(operation, new Reply(200, body, -1));
        }
        return this;
    }

    StubShop fail(String operation, int status, String body) {
        return reply(operation, new Reply(status, body, -1));
    }

    StubShop cut(String operation, String body, int bytes) {
        return reply(operation, new Reply(200, body, bytes));
    }

    List<Request> requests(String operation) {
        return requests.stream().filter(request -> request.operation().equals(operation)).toList();
    }

    /** Data with a price tag, as Shopify wraps it. */
    static String data(String json) {
        return "{\"data\":" + json + ",\"extensions\":{\"cost\":{\"requestedQueryCost\":10,\"actualQueryCost\":8,"
                + "\"throttleStatus\":{\"maximumAvailable\":2000.0,\"currentlyAvailable\":1990,\"restoreRate\":100.0}}}}";
    }

    private StubShop reply(String operation, Reply reply) {
        replies.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(reply);
        return this;
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var json = body.length() == 0 ? new JsonObject() : body.toJsonObject();
        var query = json.getString("query");
        var name = request.path();
        if (query != null) {
            var matcher = OPERATION.matcher(query);
            name = matcher.find() ? matcher.group(1) : "none";
        }
        requests.add(new Request(name, request.path(), request.getHeader("X-Shopify-Access-Token"),
                query == null ? json : json.getJsonObject("variables"), query));
        var waiting = replies.get(name);
        if (waiting == null) {
            request.response().setStatusCode(404).end("<html>no such shop</html>");
            return;
        }
        Reply reply;
        synchronized (waiting) {
            reply = waiting.size() > 1 ? waiting.poll() : waiting.peek();
        }
        send(request, reply);
    }

    private void send(HttpServerRequest request, Reply reply) {
        var response = request.response().setStatusCode(reply.status()).putHeader("Date", "Sun, 22 Nov 2026 08:15:00 GMT");
        if (requestId != null) {
            response.putHeader("X-Request-Id", requestId);
        }
        if (reply.cut() < 0) {
            response.end(reply.body());
            return;
        }
        response.putHeader("Content-Length", String.valueOf(reply.body().length()));
        if (reply.cut() == 0) {
            request.connection().close();
            return;
        }
        response.write(reply.body().substring(0, reply.cut())).onComplete(written -> request.connection().close());
    }

    /** Lines of a bulk result: so many variants, then a level for each. */
    static String lines(int variants) {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= variants; i++) {
            lines.add("{\"__typename\":\"InventoryLevel\",\"id\":\"gid://shopify/InventoryLevel/7?inventory_item_id=" + i
                    + "\",\"item\":{\"id\":\"gid://shopify/InventoryItem/" + i
                    + "\"},\"location\":{\"id\":\"gid://shopify/Location/5\"},"
                    + "\"quantities\":[{\"name\":\"available\",\"quantity\":" + i
                    + "}],\"__parentId\":\"gid://shopify/ProductVariant/"
                    + i + "\"}");
        }
        for (int i = 1; i <= variants; i++) {
            lines.add(variant(i, "\"__typename\":\"ProductVariant\","));
        }
        return String.join("\n", lines) + "\n";
    }

    static String variant(int id, String more) {
        return "{" + more + "\"id\":\"gid://shopify/ProductVariant/" + id + "\",\"title\":\"Default Title\",\"sku\":\"S" + id
                + "\",\"price\":\"5.0\",\"updatedAt\":\"2026-11-22T08:15:00Z\",\"product\":{\"id\":\"gid://shopify/Product/"
                + id
                + "\",\"title\":\"P" + id + "\",\"status\":\"ACTIVE\"},\"inventoryItem\":{\"id\":\"gid://shopify/InventoryItem/"
                + id
                + "\",\"tracked\":true}}";
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
