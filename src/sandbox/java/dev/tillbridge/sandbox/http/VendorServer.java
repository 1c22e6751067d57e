package dev.tillbridge.sandbox.http;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import dev.tillbridge.sandbox.SandboxContext;

/**
 * The HTTP front of one vendor. In order: log, the vendor's rate limits, latency, faults before the effect, the effect, faults
 * after it. Latency counts as time the vendor works, so that "at once" limits see it.
 */
public final class VendorServer {

    private static final Logger LOG = Logger.getLogger(VendorServer.class.getName());
    // RFC 9110 wants two digits for the day, which RFC_1123_DATE_TIME does not write.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
            java.util.Locale.ROOT);
    private static final String ERROR_PAGE = "<html><head><title>502 Bad Gateway</title></head>"
            + "<body><center><h1>502 Bad Gateway</h1></center></body></html>";

    private final SandboxContext context;
    private final VendorSide side;
    private final FaultRules faults;
    private final RequestLog log;

    public VendorServer(SandboxContext context, VendorSide side, FaultRules faults, RequestLog log) {
        this.context = context;
        this.side = side;
        this.faults = faults;
        this.log = log;
    }

    /** Takes a request of the vendor's HTTP server. */
    public void handle(HttpServerRequest http) {
        http.body().onSuccess(body -> {
            VendorRequest request = new VendorRequest(http.method(), http.path(), http.params(), http.headers(), body);
            new Exchange(http, request, side.route(request)).begin();
        }).onFailure(broken -> LOG.log(Level.FINE, "A request broke off before its end.", broken));
    }

    /** The value of a {@code Date} header, whole seconds. */
    static String httpDate(ZonedDateTime time) {
        return HTTP_DATE.format(time.withZoneSameInstant(ZoneOffset.UTC));
    }

    /** One request under way. */
    private final class Exchange {

        private final HttpServerRequest http;
        private final VendorRequest request;
        private final Operation operation;
        private final long started = System.nanoTime();
        private final long at = context.clock().millis();
        private boolean admitted;
        private boolean ended;
        private FaultKind fault;
        private long answerLatencyMs;

        Exchange(HttpServerRequest http, VendorRequest request, Operation operation) {
            this.http = http;
            this.request = request;
            this.operation = operation;
        }

        void begin() {
            log.started(side.name(), started);
            // Also for a client that gives up while it waits: what it began must not be counted as "at once" for ever.
            http.response().closeHandler(gone -> end(http.response().ended() ? http.response().getStatusCode() : 0));
            Optional<VendorAnswer> refusal = side.admit(request);
            if (refusal.isPresent()) {
                send(refusal.get());
                return;
            }
            admitted = true;
            FaultRules.Verdict verdict = faults.verdict(side.name(), operation.name());
            fault = verdict.kind() == null && verdict.latencyMs() > 0 ? FaultKind.LATENCY : verdict.kind();
            answerLatencyMs = verdict.answerLatencyMs();
            long wait = verdict.latencyMs() + context.limits().latencyMs(side.name());
            if (wait > 0) {
                context.vertx().setTimer(wait, unused -> work());
            } else {
                work();
            }
        }

        private void work() {
            if (fault == FaultKind.RESET_BEFORE) {
                reset();
            } else if (fault == FaultKind.TOO_MANY_REQUESTS) {
                send(side.tooManyRequests());
            } else if (fault == FaultKind.SERVER_ERROR_BEFORE) {
                send(side.serverError());
            } else if (fault == FaultKind.HTML) {
                send(VendorAnswer.of(502, "text/html", Buffer.buffer(ERROR_PAGE)));
            } else {
                run().onComplete(done -> {
                    if (done.succeeded()) {
                        spoil(done.result());
                    } else {
                        LOG.log(Level.SEVERE, "The sandbox failed at " + operation.name(), done.cause());
                        send(VendorAnswer.json(500, "{\"message\":\"The sandbox itself failed, see its log.\"}"));
                    }
                });
            }
        }

        private Future<VendorAnswer> run() {
            try {
                return operation.run().get();
            } catch (RuntimeException e) {
                return Future.failedFuture(e);
            }
        }

        private void spoil(VendorAnswer answer) {
            if (fault == FaultKind.LATENCY_AFTER) {
                context.vertx().setTimer(answerLatencyMs, unused -> send(answer));
            } else if (fault == FaultKind.RESET_AFTER) {
                reset();
            } else if (fault == FaultKind.SERVER_ERROR_AFTER) {
                send(side.serverError());
            } else if (fault == FaultKind.TRUNCATED_JSON && answer.body() != null) {
                Buffer half = answer.body().getBuffer(0, answer.body().length() / 2);
                send(new VendorAnswer(answer.status(), answer.headers(), half, null));
            } else if (fault == FaultKind.MALFORMED_JSON) {
                send(new VendorAnswer(answer.status(), answer.headers(), Buffer.buffer("{\"elements\": [oops}"), null));
            } else {
                send(answer);
            }
        }

        private void reset() {
            end(0);
            Connections.reset(http.connection());
        }

        private void send(VendorAnswer answer) {
            HttpServerResponse response = http.response();
            if (response.ended() || response.closed()) {
                end(0);
                return;
            }
            response.setStatusCode(answer.status());
            answer.headers().forEach(response::putHeader);
            response.putHeader("Date", httpDate(ZonedDateTime.now(context.clock())));
            if (answer.chunks() != null) {
                response.setChunked(true);
                pump(response, answer.chunks());
                return;
            }
            end(answer.status());
            response.end(answer.body()).onFailure(this::brokeOff);
        }

        private void pump(HttpServerResponse response, Iterator<Buffer> chunks) {
            while (chunks.hasNext()) {
                if (response.closed()) {
                    end(0);
                    return;
                }
                response.write(chunks.next()).onFailure(this::brokeOff);
                if (response.writeQueueFull()) {
                    response.drainHandler(unused -> pump(response, chunks));
                    return;
                }
            }
            end(response.getStatusCode());
            response.end().onFailure(this::brokeOff);
        }

        private void brokeOff(Throwable cause) {
            LOG.log(Level.FINE, "A client did not wait for its answer.", cause);
        }

        private void end(int status) {
            if (ended) {
                return;
            }
            ended = true;
            if (admitted) {
                side.finished(request);
            }
            log.finished(new RequestLog.Entry(side.name(), operation.name(), at, request.method().name(), request.path(),
                    status, fault, (System.nanoTime() - started) / 1_000_000, request.headers().get("traceparent")));
        }
    }
}
