package dev.tillbridge.platform;

import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Traces: a pass of a stream is one, each request to a vendor a span in it. Said of them are names, ids and outcomes; never an
 * address with its query, a header, a body or a failure's message, any of which may hold a credential or somebody's name.
 */
@ApplicationScoped
public class Traces {

    private static final String NAME = "tillbridge";
    private static final String PRESENT = Traces.class.getName();
    private static final AttributeKey<String> STREAM = AttributeKey.stringKey("tillbridge.stream");
    private static final AttributeKey<String> STORE = AttributeKey.stringKey("tillbridge.store.id");
    private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("tillbridge.channel.id");
    private static final AttributeKey<String> VENDOR = AttributeKey.stringKey("tillbridge.vendor");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("tillbridge.operation");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /** The span whose request is being made on this thread. */
    private static final ThreadLocal<Context> SENDING = new ThreadLocal<>();

    /** Null where nothing is traced. */
    private final Tracer tracer;

    @Inject
    Traces(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this(disabled ? null : telemetry.getTracer(NAME));
    }

    private Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Of nothing; for what runs without Quarkus. */
    public static Traces none() {
        return new Traces((Tracer) null);
    }

    /** Where in a trace something is begun; it may go on on any thread. */
    public record Place(Context context) {

        private static final Place NOWHERE = new Place(Context.root());
    }

    public boolean on() {
        return tracer != null;
    }

    /**
     * One turn of a stream, on a Vert.x context of its own: a trace.
     *
     * @param channelId null where the stream is the store's
     */
    public <T> Uni<T> pass(String stream, UUID storeId, UUID channelId, Supplier<Uni<T>> turn) {
        return on() ? Uni.createFrom().deferred(() -> {
            Span span = tracer.spanBuilder("pass " + stream).setNoParent().setAttribute(STREAM, stream)
                    .setAttribute(STORE, storeId.toString()).startSpan();
            if (channelId != null) {
                span.setAttribute(CHANNEL, channelId.toString());
            }
            ContextLocals.put(PRESENT, Context.root().with(span));
            return turn.get().onFailure().invoke(failure -> failed(span, failure)).onTermination().invoke(() -> span.end());
        }) : turn.get();
    }

    /** Where the caller is. */
    public Place here() {
        return on() && VertxContext.isOnDuplicatedContext()
                ? new Place(ContextLocals.get(PRESENT, Context.root()))
                : Place.NOWHERE;
    }

    /**
     * One request to a vendor.
     *
     * @param operation one of a fixed number of names
     * @param exchange sends the request when subscribed to, on the same thread
     * @param status of its answer
     */
    public <T> Uni<T> request(Place place, String vendor, String operation, Supplier<Uni<T>> exchange,
            ToIntFunction<T> status) {
        return on() ? Uni.createFrom().emitter(emitter -> {
            Span span = tracer.spanBuilder(vendor + " " + operation).setParent(place.context()).setSpanKind(SpanKind.CLIENT)
                    .setAttribute(VENDOR, vendor).setAttribute(OPERATION, operation).startSpan();
            SENDING.set(place.context().with(span));
            try {
                Cancellable sent = Uni.createFrom().deferred(exchange::get).subscribe().with(answer -> {
                    answered(span, status.applyAsInt(answer));
                    emitter.complete(answer);
                }, failure -> {
                    failed(span, failure);
                    emitter.fail(failure);
                });
                emitter.onTermination(() -> {
                    sent.cancel();
                    span.end();
                });
            } finally {
                SENDING.remove();
            }
        }) : exchange.get();
    }

    /** What a vendor sends bit by bit, from being asked for until its end. */
    public <T> Multi<T> download(String vendor, String operation, Supplier<Multi<T>> stream) {
        return on() ? Multi.createFrom().deferred(() -> {
            Span span = tracer.spanBuilder(vendor + " " + operation).setParent(here().context()).setSpanKind(SpanKind.CLIENT)
                    .setAttribute(VENDOR, vendor).setAttribute(OPERATION, operation).startSpan();
            return stream.get().onFailure().invoke(failure -> failed(span, failure)).onTermination().invoke(() -> span.end());
        }) : stream.get();
    }

    /** The headers that tell whoever gets the request which trace it belongs to (W3C Trace Context). */
    static void headers(BiConsumer<String, String> header) {
        Context sending = SENDING.get();
        if (sending != null) {
            W3CTraceContextPropagator.getInstance().inject(sending, Map.of(),
                    (none, name, value) -> header.accept(name, value));
        }
    }

    private static void answered(Span span, int status) {
        span.setAttribute(STATUS, (long) status);
        if (status >= 400) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(ERROR, Integer.toString(status));
        }
    }

    private static void failed(Span span, Throwable failure) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(ERROR, failure.getClass().getSimpleName());
    }
}
