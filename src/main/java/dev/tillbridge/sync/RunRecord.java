package dev.tillbridge.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.Pass;

/**
 * What a turn, or the turns of a requested run, did so far. The row in the database is made when it is first needed: a
 * quiet turn leaves none.
 */
final class RunRecord implements Pass {

    private final RunRepository repository;
    private final Fence lease;
    private final Fence fence;
    private final UUID channelId;
    private final RunTrigger trigger;
    private final List<String> streams;
    private final boolean full;
    private final Comparison comparison;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> expected = new TreeMap<>();
    private final List<RunFailure> unsaved = new ArrayList<>();
    private Uni<UUID> id;
    private String phase;
    private int failures;
    private boolean finished;

    private enum Comparison {
        NONE,
        ROUTINE,
        AWAITED
    }

    private RunRecord(RunRepository repository, Fence lease, Fence fence, UUID channelId, RunTrigger trigger,
            List<String> streams, boolean full, Comparison comparison, Uni<UUID> id) {
        this.repository = repository;
        this.lease = lease;
        this.fence = fence;
        this.channelId = channelId;
        this.trigger = trigger;
        this.streams = streams;
        this.full = full;
        this.comparison = comparison;
        this.id = id;
    }

    /** For a turn by the clock; {@code channelId} null where it is the store's. */
    static RunRecord scheduled(RunRepository repository, Fence fence, UUID channelId, String stream) {
        return new RunRecord(repository, fence, fence, channelId, RunTrigger.SCHEDULE, List.of(stream), false, Comparison.NONE,
                null);
    }

    /**
     * For the turns that a reconciliation has the streams take: whole, and compared.
     *
     * @param channelId null where it is the store's
     * @param routine whether nobody waits for it
     */
    static RunRecord comparing(RunRepository repository, Fence lease, Fence fence, UUID channelId, boolean routine) {
        return new RunRecord(repository, lease, fence, channelId, RunTrigger.SCHEDULE, List.of("reconcile", "stock"), true,
                routine ? Comparison.ROUTINE : Comparison.AWAITED, null);
    }

    /**
     * For a run whose row stands already.
     *
     * @param lease under which the run itself is kept
     * @param fence under which its turns work: it ends earlier where the channel is stopped
     */
    static RunRecord requested(RunRepository repository, Fence lease, Fence fence, RequestedRun run) {
        return new RunRecord(repository, lease, fence, run.channelId(), RunTrigger.REQUEST, run.streams(), run.full(),
                Comparison.NONE, Uni.createFrom().item(run.id()));
    }

    /** Whether it is to do what this stream does. */
    boolean wants(String stream) {
        return streams.contains(stream);
    }

    boolean full() {
        return full;
    }

    /** Whether it goes at the pace of what happens by the clock, although it is no turn by the clock. */
    boolean routine() {
        return comparison == Comparison.ROUTINE;
    }

    @Override
    public boolean compares() {
        return comparison != Comparison.NONE;
    }

    @Override
    public Fence fence() {
        return fence;
    }

    @Override
    public synchronized Uni<UUID> runId() {
        if (id == null) {
            id = repository.start(lease, channelId, trigger, streams, full).memoize().indefinitely();
        }
        return id;
    }

    @Override
    public synchronized void count(String what, long more) {
        if (more != 0) {
            counts.merge(what, more, Long::sum);
        }
    }

    @Override
    public synchronized void expect(String what, long total) {
        expected.put(what, total);
    }

    @Override
    public synchronized void remaining(String what, long left) {
        expected.put(what, counts.getOrDefault(what, 0L) + left);
    }

    @Override
    public synchronized void phase(String name) {
        phase = name;
    }

    @Override
    public Uni<Void> flush() {
        return isStored() ? runId().chain(run -> save(run, "RUNNING", null)) : Uni.createFrom().voidItem();
    }

    @Override
    public synchronized Uni<Void> failed(String subject, String code, String message) {
        unsaved.add(new RunFailure(streams.get(0), subject, code, message, null));
        failures++;
        return runId().chain(run -> save(run, "RUNNING", null));
    }

    /** Ends the run; {@code error} is null where the turn as a whole went well. */
    Uni<Void> finish(String error) {
        if (error == null && !isStored()) {
            return Uni.createFrom().voidItem();
        }
        return runId().chain(run -> save(run, error != null ? "FAILED" : failureCount() > 0 ? "WARNING" : "SUCCEEDED", error));
    }

    private synchronized boolean isStored() {
        return id != null;
    }

    private synchronized int failureCount() {
        return failures;
    }

    private synchronized Uni<Void> save(UUID run, String status, String error) {
        if (finished) {
            // A turn that goes on after its run ended must not open it again.
            return Uni.createFrom().voidItem();
        }
        List<RunFailure> fresh = List.copyOf(unsaved);
        unsaved.clear();
        Map<String, RunCount> snapshot = new TreeMap<>();
        counts.forEach((what, done) -> snapshot.put(what, new RunCount(done, expected.get(what))));
        finished = finished || !"RUNNING".equals(status);
        return repository.save(lease, run, status, phase, snapshot, failures, error, fresh);
    }
}
