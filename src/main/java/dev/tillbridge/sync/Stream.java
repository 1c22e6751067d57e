package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.Fence;

/**
 * A stream of a store or channel under its lease: its loop, and what every turn has in common - the run it belongs to, how
 * long to rest after it, what to do when it fails.
 */
final class Stream {

    private static final Logger LOG = Logger.getLogger(Stream.class);
    private static final Duration LONGEST_REST_AFTER_FAILURE = Duration.ofMinutes(5);
    private static final Duration SUCCESS_SAVED_EVERY = Duration.ofSeconds(30);
    private static final Duration PERMISSION_GONE = Duration.ofMinutes(10);
    private static final int TOLD_LOOKS_SELDOMER = 10;

    /** What the stream does in a turn; answers whether anything changed. */
    interface Work {
        Uni<Boolean> turn(RunRecord pass, boolean requested);
    }

    /** How a stream's owner reacts. */
    interface Owner {
        /** Whether a turn by the clock has to wait, because a run does the same work. */
        boolean busy();

        void lost();

        /** Answers whether the credential as a whole is refused; the owner then stops. */
        Uni<Boolean> unauthorized(ConnectorException.Unauthorized failure);
    }

    private final EngineParts parts;
    private final Fence lease;
    private final Fence fence;
    private final UUID ownerId;
    private final UUID channelId;
    private final String name;
    private final Duration poll;
    /** How long to rest after a turn that found nothing; null where a stream has to look, and backs off. */
    private final Duration untilTold;
    private final Owner owner;
    private final Work work;
    private final StreamLoop loop;
    private boolean fromStartToStart;
    private volatile long successSavedAt = System.nanoTime() - SUCCESS_SAVED_EVERY.toNanos();
    /** Whether the stream has a row, without an error. */
    private volatile boolean known;
    private int quietTurns;
    private int failedTurns;

    /**
     * @param fence under which turns work; it ends with the lease or earlier
     * @param channelId null where the stream is the store's
     */
    Stream(EngineParts parts, Fence lease, Fence fence, UUID channelId, String name, Duration poll, Owner owner, Work work) {
        this(parts, lease, fence, channelId, name, poll, null, owner, work);
    }

    /**
     * A stream that is told of what there is to do, and looks by the clock for what it was not told of: idle turns of many
     * quiet stores add up.
     */
    static Stream told(EngineParts parts, Fence lease, Fence fence, UUID channelId, String name, Owner owner, Work work) {
        SyncConfig config = parts.config();
        return new Stream(parts, lease, fence, channelId, name, config.stockPoll(),
                config.quietPoll().multipliedBy(TOLD_LOOKS_SELDOMER), owner, work);
    }

    private Stream(EngineParts parts, Fence lease, Fence fence, UUID channelId, String name, Duration poll, Duration untilTold,
            Owner owner, Work work) {
        this.parts = parts;
        this.untilTold = untilTold;
        this.lease = lease;
        this.fence = fence;
        this.channelId = channelId;
        this.ownerId = channelId == null ? lease.storeId() : channelId;
        this.name = name;
        this.poll = poll;
        this.owner = owner;
        this.work = work;
        this.loop = new StreamLoop(parts.vertx(), name + " of " + ownerId, this::turn);
    }

    /** Its turns begin as far apart as its poll says: one that takes long makes the next come no later. */
    Stream fromStartToStart() {
        fromStartToStart = true;
        return this;
    }

    void start() {
        parts.metrics().began(name, this);
        loop.start(Duration.ZERO);
    }

    void wake() {
        loop.wake();
    }

    Uni<Void> once(RunRecord run) {
        return loop.once(run);
    }

    /** Turn after turn of a run, for as long as there is more to do. */
    Uni<Void> repeatedly(RunRecord run, BooleanSupplier moreToDo) {
        return Multi.createBy().repeating().uni(() -> loop.once(run).replaceWith(moreToDo::getAsBoolean))
                .whilst(more -> more && !fence.remaining().isZero()).collect().last().replaceWithVoid();
    }

    boolean idle() {
        return loop.idle();
    }

    void stop() {
        loop.stop();
        parts.metrics().ended(name, this);
    }

    private Uni<Duration> turn(RunRecord requested) {
        if (fence.remaining().isZero()) {
            return requested == null
                    ? Uni.createFrom().item(poll)
                    : Uni.createFrom().failure(new Fence.Lost(lease.storeId(), lease.number()));
        }
        if (requested == null && owner.busy()) {
            return Uni.createFrom().item(Duration.ofSeconds(1));
        }
        long began = System.nanoTime();
        RunRecord pass = requested != null ? requested : RunRecord.scheduled(parts.runs(), fence, channelId, name);
        Uni<Boolean> worked = parts.traces().pass(name, lease.storeId(), channelId, () -> work.turn(pass, requested != null))
                .onItemOrFailure().invoke((changed, failure) -> parts.metrics().passed(name, this,
                        Duration.ofNanos(System.nanoTime() - began), failure == null));
        return requested != null
                ? worked.call(this::saveSuccess).invoke(changed -> succeeded(true)).replaceWith(poll)
                : worked.call(() -> pass.finish(null)).call(this::saveSuccess)
                        .map(changed -> restAfter(succeeded(changed), Duration.ofNanos(System.nanoTime() - began)))
                        .onFailure().recoverWithUni(failure -> failed(pass, failure));
    }

    /** Not after each quiet turn: a thousand quiet stores must cost the database little. */
    private Uni<Void> saveSuccess() {
        if (System.nanoTime() - successSavedAt < SUCCESS_SAVED_EVERY.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        if (known) {
            parts.successes().succeeded(fence, ownerId, name);
            successSavedAt = System.nanoTime();
            return Uni.createFrom().voidItem();
        }
        return parts.states().succeeded(fence, ownerId, name).invoke(() -> {
            successSavedAt = System.nanoTime();
            known = true;
        });
    }

    /** At least a quarter of the poll: a turn that always takes longer must leave others room. */
    private Duration restAfter(Duration rest, Duration took) {
        Duration least = rest.dividedBy(4);
        Duration left = rest.minus(took);
        return !fromStartToStart ? rest : left.compareTo(least) > 0 ? left : least;
    }

    private Duration succeeded(boolean changed) {
        failedTurns = 0;
        if (untilTold != null && !changed) {
            return untilTold;
        }
        quietTurns = changed ? 0 : Math.min(quietTurns + 1, 10);
        Duration longest = parts.config().quietPoll().compareTo(poll) > 0 ? parts.config().quietPoll() : poll;
        // The first quiet turns keep the pace: a shop that just sold something tends to sell more.
        Duration rest = poll.multipliedBy(1L << Math.max(0, quietTurns - 3));
        return rest.compareTo(longest) > 0 ? longest : rest;
    }

    private Uni<Duration> failed(RunRecord pass, Throwable failure) {
        if (failure instanceof Fence.Lost) {
            if (!stopped()) {
                owner.lost();
            }
            return Uni.createFrom().item(poll);
        }
        if (failure instanceof NotConnectedException) {
            // Disconnected while the turn was under way: the worker is about to be told.
            LOG.infof("Stream %s of %s ends: %s", name, ownerId, failure.getMessage());
            return Uni.createFrom().item(LONGEST_REST_AFTER_FAILURE);
        }
        failedTurns = Math.min(failedTurns + 1, 16);
        successSavedAt = System.nanoTime() - SUCCESS_SAVED_EVERY.toNanos();
        known = false;
        parts.successes().forget(ownerId, name);
        Duration rest = failure instanceof ConnectorException.Throttled throttled
                ? throttled.retryAfter().plus(poll)
                : backOff();
        if (failure instanceof ConnectorException vendors) {
            LOG.warnf("Stream %s of %s: %s (%s); next turn in %s", name, ownerId, vendors.getMessage(), vendors.code(), rest);
        } else {
            LOG.errorf(failure, "Stream %s of %s failed; next turn in %s", name, ownerId, rest);
        }
        return parts.states().failed(fence, ownerId, name, message(failure))
                .chain(() -> pass.finish(message(failure)))
                .chain(() -> failure instanceof ConnectorException.Unauthorized unauthorized
                        ? owner.unauthorized(unauthorized).map(all -> PERMISSION_GONE)
                        : Uni.createFrom().item(rest))
                .onFailure(Fence.Lost.class).recoverWithItem(() -> {
                    if (!stopped()) {
                        owner.lost();
                    }
                    return rest;
                });
    }

    /** The channel was stopped while the lease goes on. */
    private boolean stopped() {
        return fence.remaining().isZero() && !lease.remaining().isZero();
    }

    private Duration backOff() {
        Duration rest = poll.multipliedBy(1L << Math.min(failedTurns, 8));
        return rest.compareTo(LONGEST_REST_AFTER_FAILURE) > 0 ? LONGEST_REST_AFTER_FAILURE : rest;
    }

    /** What a person may read: a connector's words, else only what kind of fault of ours it was. */
    static String message(Throwable failure) {
        return failure instanceof ConnectorException || failure instanceof Fence.Lost
                ? failure.getMessage()
                : "Something went wrong here (" + failure.getClass().getSimpleName() + "); the log has the details";
    }
}
