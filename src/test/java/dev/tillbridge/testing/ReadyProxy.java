package dev.tillbridge.testing;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;

/** Stands before replicas and gives each call to one that said lately that it is ready, by turns, as a Service of Kubernetes does. */
public final class ReadyProxy implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final List<SocketAddress> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpServer server;

    private ReadyProxy(List<SocketAddress> replicas) {
        ready.addAll(replicas);
        HttpProxy proxy = HttpProxy.reverseProxy(client).origin(OriginRequestProvider.selector(call -> next()));
        server = vertx.createHttpServer().requestHandler(proxy).listen(0).toCompletionStage().toCompletableFuture().join();
        replicas.forEach(replica -> vertx.setPeriodic(LOOK_EVERY_MS, timer -> look(replica)));
    }

    /** Before replicas that are all ready. */
    public static ReadyProxy before(Replicas replicas) {
        return new ReadyProxy(replicas.bases().stream().map(URI::create)
                .map(base -> SocketAddress.inetSocketAddress(base.getPort(), base.getHost())).toList());
    }

    public String base() {
        return "http://localhost:" + server.actualPort();
    }

    private Future<SocketAddress> next() {
        List<SocketAddress> now = List.copyOf(ready);
        return now.isEmpty()
                ? Future.failedFuture("No replica is ready")
                : Future.succeededFuture(now.get(Math.floorMod(turn.getAndIncrement(), now.size())));
    }

    private void look(SocketAddress replica) {
        client.request(HttpMethod.GET, replica.port(), replica.host(), "/q/health/ready")
                .compose(HttpClientRequest::send).map(answer -> answer.statusCode() == 200)
                .otherwise(false)
                .onSuccess(serves -> {
                    if (!serves) {
                        ready.remove(replica);
                    } else if (!ready.contains(replica)) {
                        ready.add(replica);
                    }
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
