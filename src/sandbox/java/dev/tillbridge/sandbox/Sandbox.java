package dev.tillbridge.sandbox;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import dev.tillbridge.sandbox.catalog.CatalogSeed;
import dev.tillbridge.sandbox.catalog.SeedCounts;
import dev.tillbridge.sandbox.catalog.Seeder;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.clover.CloverSide;
import dev.tillbridge.sandbox.control.ControlApi;
import dev.tillbridge.sandbox.http.FaultRules;
import dev.tillbridge.sandbox.http.RequestLog;
import dev.tillbridge.sandbox.http.VendorServer;
import dev.tillbridge.sandbox.http.VendorSide;
import dev.tillbridge.sandbox.shopify.ShopifySide;
import dev.tillbridge.sandbox.webhook.WebhookCounts;

/** The simulated vendors and their control API, listening on localhost unless an option says otherwise. */
public final class Sandbox implements AutoCloseable {

    public static final String CLOVER = "clover";
    public static final String SHOPIFY = "shopify";
    public static final String DEMO_MERCHANT = "3D19QN31ANYR5";
    private static final String CONTROL = "control";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final List<Function<SandboxContext, VendorSide>> SIDES = List.of(CloverSide::new, ShopifySide::new);
    // A page of 1,000 items or a body of 2,500 is well below this; the vendors' own limits are not documented.
    private static final int LARGEST_HEADER = 64 * 1024;

    private final Vertx vertx;
    private final Context loop;
    private final SandboxContext context;
    private final Map<String, VendorSide> sides = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final FaultRules faults;
    private final RequestLog log = new RequestLog();

    private Sandbox(Vertx vertx, Context loop, SandboxOptions options) {
        this.vertx = vertx;
        this.loop = loop;
        this.faults = new FaultRules(options.seed());
        this.context = new SandboxContext(vertx, options, Clock.systemUTC(), faults);
    }

    /**
     * Starts a sandbox without a catalogue and waits until it listens.
     *
     * @throws IllegalStateException if a port is taken
     */
    public static Sandbox start(SandboxOptions options) {
        // One event loop, and seeding 200,000 variants on it is no defect to be warned of.
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2)
                .setBlockedThreadCheckInterval(60_000));
        CompletableFuture<Sandbox> started = new CompletableFuture<>();
        vertx.deployVerticle(new AbstractVerticle() {
            private Sandbox sandbox;

            @Override
            public void start(io.vertx.core.Promise<Void> promise) {
                sandbox = new Sandbox(vertx, context, options);
                sandbox.listen().onSuccess(unused -> started.complete(sandbox))
                        .onFailure(unused -> sandbox.context.webhooks().close()).onComplete(promise);
            }

            @Override
            public void stop(io.vertx.core.Promise<Void> promise) {
                sandbox.context.webhooks().close().onComplete(promise);
            }
        }).onFailure(started::completeExceptionally);
        try {
            return started.join();
        } catch (CompletionException e) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            throw new IllegalStateException("The sandbox cannot start: " + e.getCause().getMessage()
                    + ". Is another one running? Ports are options.", e.getCause());
        }
    }

    private Future<Void> listen() {
        Map<String, Integer> wanted = Map.of(CLOVER, context.options().cloverPort(), SHOPIFY,
                context.options().shopifyPort());
        Future<Void> all = Future.succeededFuture();
        for (Function<SandboxContext, VendorSide> make : SIDES) {
            VendorSide side = make.apply(context);
            sides.put(side.name(), side);
            VendorServer server = new VendorServer(context, side, faults, log);
            all = all.compose(unused -> listen(side.name(), wanted.get(side.name()), server::handle));
        }
        ControlApi control = new ControlApi(context, sides, faults, log, this::empty);
        return all.compose(unused -> listen(CONTROL, context.options().controlPort(), control.handler()));
    }

    private Future<Void> listen(String name, int port, Handler<HttpServerRequest> handler) {
        HttpServerOptions options = new HttpServerOptions().setCompressionSupported(false)
                .setMaxHeaderSize(LARGEST_HEADER).setMaxInitialLineLength(LARGEST_HEADER);
        HttpServer server = vertx.createHttpServer(options).requestHandler(handler);
        String host = context.options().host();
        return server.listen(port, host).onSuccess(listening -> {
            ports.put(name, listening.actualPort());
            context.listensAt(name, "http://" + (host.equals(EVERYWHERE) ? SandboxOptions.HOST : host) + ":"
                    + listening.actualPort());
        }).mapEmpty();
    }

    public int controlPort() {
        return ports.get(CONTROL);
    }

    public int cloverPort() {
        return ports.get(CLOVER);
    }

    public int shopifyPort() {
        return ports.get(SHOPIFY);
    }

    /** Base of the control API, {@code http://localhost:4180/_sandbox}. */
    public String controlUrl() {
        return context.url(CONTROL) + "/_sandbox";
    }

    /** API base of region us and sandbox; other regions: {@code /eu}, {@code /la} behind it. */
    public String cloverUrl() {
        return context.url(CLOVER);
    }

    public String shopifyUrl() {
        return context.url(SHOPIFY);
    }

    /** The names of the sides that listen. */
    public Set<String> sides() {
        return Set.copyOf(sides.keySet());
    }

    /** Fills both books with a new catalogue, the till's of the demo merchant. */
    public SeedCounts seed(CatalogSeed seed) {
        return call(() -> Seeder.fill(seed, sides.values().stream().map(side -> side.catalog(DEMO_MERCHANT, null)).toList()));
    }

    /** Stock as a side's book holds it; of Clover, the demo merchant's. */
    public List<StockRow> stock(String side) {
        return call(() -> sides.get(side).stock(MultiMap.caseInsensitiveMultiMap()));
    }

    /** Counts of what was asked of a side. */
    public RequestLog.Summary requests(String side) {
        return call(() -> log.summary(side));
    }

    /** What became of a side's webhooks. */
    public WebhookCounts webhooks(String side) {
        return call(() -> context.webhooks().counts(side));
    }

    /** Empties both books, the log and the faults; switches and limits as at the start. */
    public void reset() {
        call(() -> {
            empty();
            return null;
        });
    }

    private void empty() {
        sides.values().forEach(VendorSide::reset);
        context.webhooks().reset();
        faults.clear();
        log.clear();
        context.behaviour().reset();
        context.limits().reset();
    }

    /** Does something on the event loop, to which everything belongs, and waits for it. Not to be called from the loop. */
    public <T> T call(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(unused -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
