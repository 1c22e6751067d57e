package dev.tillbridge.clover;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Traces;

/**
 * One till's calls: each waits for its turn, passes the breaker, is bounded in time, measured and judged. Reads are sent
 * again where the failure passes by itself; a write only where it is certain that nothing was done.
 */
final class CloverCaller {

    private static final String VENDOR = "clover";

    private final CloverConfig config;
    private final Loop loop;
    private final CloverGovernor governor;
    private final CloverBreaker breaker;
    private final CloverAnswers answers;
    private final CloverMetrics metrics;
    private final Traces traces;
    private final Answered answered;

    CloverCaller(CloverConfig config, Loop loop, CloverGovernor governor, CloverBreaker breaker, CloverAnswers answers,
            CloverMetrics metrics, Traces traces, Answered answered) {
        this.config = config;
        this.loop = loop;
        this.governor = governor;
        this.breaker = breaker;
        this.answers = answers;
        this.metrics = metrics;
        this.traces = traces;
        this.answered = answered;
    }

    /** Told of each request that Clover counts. */
    @FunctionalInterface
    interface Answered {
        /** @param refused for Clover's limit */
        void told(boolean refused);
    }

    /**
     * @param before what is asked first on each attempt and given to {@code use}: the time of the reading
     * @param request sends the request when subscribed to
     * @param use makes the result of a 2xx answer; what it throws of {@link ConnectorException} is judged like a failure
     */
    <B, T> Uni<T> call(Lane lane, CloverOperation operation, Uni<B> before, Supplier<Uni<RestResponse<byte[]>>> request,
            Use<B, T> use) {
        return Uni.createFrom().deferred(() -> {
            long deadline = operation.write() ? loop.nanos() + config.rate().writeWait().toNanos() : Long.MAX_VALUE;
            Traces.Place place = traces.here();
            return attempt(1, operation, () -> before.chain(first -> governor
                    .run(lane, operation.write() ? left(deadline) : null,
                            () -> breaker.guard(() -> exchange(operation, place, request)))
                    .map(answer -> use.of(first, answer))), deadline);
        });
    }

    private Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - loop.nanos()));
    }

    private <T> Uni<T> attempt(int number, CloverOperation operation, Supplier<Uni<T>> once, long deadline) {
        return Uni.createFrom().deferred(once::get).onFailure(ConnectorException.class).recoverWithUni(failure -> {
            if (number >= config.retry().attempts() || !repeatable(operation, failure)) {
                return Uni.createFrom().failure(failure);
            }
            long pause = pause(number, failure);
            if (deadline != Long.MAX_VALUE && loop.nanos() + pause >= deadline) {
                return Uni.createFrom().failure(failure);
            }
            metrics.retried(operation);
            return after(pause).chain(() -> attempt(number + 1, operation, once, deadline));
        });
    }

    private static boolean repeatable(CloverOperation operation, Throwable failure) {
        if (operation == CloverOperation.TRY_REGION) {
            return false;
        }
        if (failure instanceof ConnectorException.Throttled) {
            return true;
        }
        if (!(failure instanceof ConnectorException.Transient passing)) {
            return false;
        }
        // An open circuit outlasts the pauses, and what waited too long must not wait again.
        boolean pointless = passing.code().equals("circuit-open") || passing.code().equals("not-sent");
        return !pointless && (!operation.write() || !passing.outcomeUnknown());
    }

    /** After a 429 the governor holds everybody back as long as Clover asked: waiting here too would only lose the turn. */
    private long pause(int number, Throwable failure) {
        if (failure instanceof ConnectorException.Throttled) {
            return 0;
        }
        double doubled = config.retry().firstPause().toNanos() * Math.pow(2, number - 1);
        double bounded = Math.min(doubled, (double) config.retry().longestPause().toNanos());
        return (long) (bounded * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    }

    private Uni<Void> after(long nanos) {
        if (nanos == 0) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            Executor home = CloverGovernor.home();
            Runnable stop = loop.schedule(() -> home.execute(() -> emitter.complete(null)), nanos);
            emitter.onTermination(stop);
        });
    }

    private Uni<CloverAnswer> exchange(CloverOperation operation, Traces.Place place,
            Supplier<Uni<RestResponse<byte[]>>> request) {
        long sentAt = loop.nanos();
        return bounded(() -> traces.request(place, VENDOR, operation.key(), request, RestResponse::getStatus))
                .map(CloverAnswer::of)
                .onFailure(failure -> !(failure instanceof ConnectorException))
                .transform(failure -> answers.transport(operation, failure))
                .onFailure(ConnectorException.class)
                .invoke(failure -> {
                    metrics.answered(operation, failure.code());
                    answered.told(false);
                })
                .onItem().transform(answer -> judged(operation, answer, sentAt));
    }

    private CloverAnswer judged(CloverOperation operation, CloverAnswer answer, long sentAt) {
        metrics.answered(operation, Integer.toString(answer.status()));
        answered.told(answer.status() == 429);
        if (answer.status() == 429) {
            metrics.throttled(answer.limit());
            governor.throttled(sentAt, answers.pause(answer), answer.concurrentLimit(), answer.crossToken());
        }
        return answers.accepted(operation, answer);
    }

    /** The REST client bounds the silence between two packets; this bounds the whole, so that no turn is held for ever. */
    private Uni<RestResponse<byte[]>> bounded(Supplier<Uni<RestResponse<byte[]>>> request) {
        return Uni.createFrom().emitter(emitter -> {
            Executor home = CloverGovernor.home();
            Cancellable call = Uni.createFrom().deferred(request::get).subscribe().with(emitter::complete, emitter::fail);
            Runnable stop = loop.schedule(() -> home.execute(() -> {
                emitter.fail(new TimeoutException("No answer within " + config.timeout().call()));
                call.cancel();
            }), config.timeout().call().toNanos());
            emitter.onTermination(stop);
        });
    }

    /** Makes a result of what was asked before and the answer. */
    @FunctionalInterface
    interface Use<B, T> {
        T of(B before, CloverAnswer answer);
    }

    /** For calls that need nothing asked before. */
    <T> Uni<T> call(Lane lane, CloverOperation operation, Supplier<Uni<RestResponse<byte[]>>> request,
            Function<CloverAnswer, T> use) {
        return this.<Void, T>call(lane, operation, Uni.createFrom().voidItem(), request,
                (nothing, answer) -> use.apply(answer));
    }
}
