package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.VendorUsage;

/**
 * The one way to a shop: wait for a turn, send, judge, and repeat where that is safe. Reads are repeated after any
 * passing failure; what changes something only where nothing can have been done.
 */
@Singleton
class ShopifyCalls {

    private static final int ATTEMPTS = 4;
    /** An open circuit outlasts the pauses, and what waited too long must not wait again. */
    private static final Set<String> NOT_REPEATED = Set.of("circuit-open", "not-sent");
    /** Being throttled costs nothing but time, and the governor's estimate gets better with each answer. */
    private static final int THROTTLED_ATTEMPTS = 8;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final ShopifySessions sessions;
    private final GraphqlDocuments documents;
    private final ShopifyMetrics metrics;
    private final VendorUsage usage;
    private final ShopifyConfig config;

    ShopifyCalls(ShopifySessions sessions, GraphqlDocuments documents, ShopifyMetrics metrics, VendorUsage usage,
            ShopifyConfig config) {
        this.sessions = sessions;
        this.documents = documents;
        this.metrics = metrics;
        this.usage = usage;
        this.config = config;
    }

    /**
     * A document to send.
     *
     * @param rows what the cost grows with, 1 where it does not
     */
    record Call(ShopifyOperation operation, String text, Map<String, Object> variables, Priority priority, int rows) {}

    Uni<GraphqlAnswer> call(ShopConnection shop, ShopifyOperation operation, Map<String, Object> variables, Priority priority) {
        return call(shop, operation, variables, priority, () -> true);
    }

    /** @param mayStart asked last of all, just before the document is sent: where it says no the call is given up unsent */
    Uni<GraphqlAnswer> call(ShopConnection shop, ShopifyOperation operation, Map<String, Object> variables, Priority priority,
            BooleanSupplier mayStart) {
        return call(shop, new Call(operation, documents.text(operation), variables, priority, 1), mayStart);
    }

    Uni<GraphqlAnswer> call(ShopConnection shop, Call call) {
        return call(shop, call, () -> true);
    }

    private Uni<GraphqlAnswer> call(ShopConnection shop, Call call, BooleanSupplier mayStart) {
        return Uni.createFrom().deferred(
                () -> attempt(shop, call, new Begun(CallerContext.capture(), System.nanoTime(), mayStart), 1, 1));
    }

    /** Where a call came from, and when: repetitions of what changes something count from its first asking. */
    private record Begun(Executor caller, long at, BooleanSupplier mayStart) {}

    private Uni<GraphqlAnswer> attempt(ShopConnection shop, Call call, Begun begun, int attempt, int throttled) {
        return once(shop, call, begun).onFailure(ConnectorException.class).recoverWithUni(failure -> {
            if (failure instanceof ConnectorException.Throttled slow && throttled < THROTTLED_ATTEMPTS) {
                sessions.of(shop).governor().throttled(jitter(slow.retryAfter(), 1, 1.2));
                return attempt(shop, call, begun, attempt, throttled + 1);
            }
            if (repeatable(failure, call.operation()) && attempt < ATTEMPTS) {
                return pause(attempt).emitOn(begun.caller()).chain(() -> attempt(shop, call, begun, attempt + 1, throttled));
            }
            return Uni.createFrom().failure(failure);
        });
    }

    private Uni<GraphqlAnswer> once(ShopConnection shop, Call call, Begun begun) {
        var session = sessions.of(shop);
        var asked = System.nanoTime();
        return session.governor().inTurn(session.cost(call.operation(), call.rows()), call.priority(), turn -> {
            metrics.waited(call.priority(), since(asked));
            return Uni.createFrom().item(turn).emitOn(begun.caller())
                    .chain(mine -> send(session, shop, call, mine,
                            () -> !tooLate(call, begun) && begun.mayStart().getAsBoolean()));
        }).emitOn(begun.caller());
    }

    /** What changes something was asked for with so much of the lease left; after a long wait it may no longer be ours to send. */
    private boolean tooLate(Call call, Begun begun) {
        return call.operation().changing() && since(begun.at()).compareTo(config.writeWait()) > 0;
    }

    private Uni<GraphqlAnswer> send(ShopifySession session, ShopConnection shop, Call call, ShopifyGovernor.Turn turn,
            BooleanSupplier mayStart) {
        var operation = call.operation();
        var sent = System.nanoTime();
        return session.send(shop.credentials(), operation, new Wire.Request(call.text(), call.variables()),
                () -> mayStart.getAsBoolean() ? null : ShopifyFailures.notSent(operation))
                .onFailure().transform(failure -> ShopifyFailures.transport(failure, operation))
                .map(http -> {
                    var answer = ShopifyFailures.read(http, operation);
                    account(session, call, turn, answer.cost());
                    var failure = ShopifyFailures.judge(answer, http.retryAfter(), operation);
                    if (failure != null) {
                        throw failure;
                    }
                    return answer;
                })
                .onItemOrFailure().invoke((answer, failure) -> {
                    var outcome = failure == null ? "ok" : failure instanceof ConnectorException known ? known.code() : "error";
                    metrics.request(operation, outcome, since(sent));
                    if (!NOT_REPEATED.contains(outcome)) {
                        told(shop, answer == null ? null : answer.cost(), failure instanceof ConnectorException.Throttled);
                    }
                });
    }

    private void account(ShopifySession session, Call call, ShopifyGovernor.Turn turn, Wire.Cost cost) {
        if (cost == null) {
            return;
        }
        session.learn(call.operation(), call.rows(), cost.requestedQueryCost());
        metrics.cost(call.operation(), cost.actualQueryCost() == null ? 0 : cost.actualQueryCost());
        turn.settle(cost);
    }

    /** A call that was refused costs nothing; what others cost is not known where no answer tells it. */
    private void told(ShopConnection shop, Wire.Cost cost, boolean refused) {
        var status = cost == null ? null : cost.throttleStatus();
        usage.answered(new VendorUsage.Account(ShopifyConnector.KEY, shop.shopDomain().toLowerCase(Locale.ROOT)),
                cost == null || cost.actualQueryCost() == null ? 0 : cost.actualQueryCost(),
                status == null || status.restoreRate() <= 0 ? null : status.restoreRate() * 60, refused);
    }

    private static boolean repeatable(Throwable failure, ShopifyOperation operation) {
        return failure instanceof ConnectorException.Transient passing && !NOT_REPEATED.contains(passing.code())
                && (!operation.changing() || !passing.outcomeUnknown());
    }

    private Uni<Void> pause(int attempt) {
        var doubled = config.retryDelay().multipliedBy(1L << (attempt - 1));
        var bounded = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
        return Uni.createFrom().voidItem().onItem().delayIt().by(jitter(bounded, 0.5, 1.5));
    }

    private static Duration jitter(Duration base, double from, double to) {
        return Duration.ofNanos((long) (base.toNanos() * ThreadLocalRandom.current().nextDouble(from, to)));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
