package dev.tillbridge.sync;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.sync.reconcile.ReconcileSteps;

/** Has the streams of a store take their turns for a reconciliation, among those that they take anyway. */
final class ComparingTurns implements ReconcileSteps {

    private final EngineParts parts;
    private final Fence lease;
    private final boolean routine;
    private final Streams streams;

    /** The streams of a store. */
    interface Streams {

        Uni<Void> changes(RunRecord run);

        Uni<Void> whole(RunRecord run);

        /** Null where it is not worked on. */
        ChannelWorker channel(UUID channelId);

        void wake();
    }

    /** @param routine whether nobody waits for it */
    ComparingTurns(EngineParts parts, Fence lease, boolean routine, Streams streams) {
        this.parts = parts;
        this.lease = lease;
        this.routine = routine;
        this.streams = streams;
    }

    @Override
    public Instant lastNight(ZoneId zone, Instant now) {
        return NightlyHour.last(zone, parts.config().fullReadHour(), now);
    }

    @Override
    public Uni<List<ConnectedChannel>> channels() {
        return parts.directory().channels(lease.storeId())
                .map(channels -> channels.stream().filter(channel -> streams.channel(channel.id()) != null).toList());
    }

    @Override
    public Uni<Void> storeChanges() {
        return asRun(streams::changes);
    }

    @Override
    public Uni<Void> wholeStore(Instant since) {
        return parts.states().state(lease.storeId(), StorefrontReader.STREAM)
                .chain(state -> state.fullReadAt() != null && !state.fullReadAt().isBefore(since)
                        ? Uni.createFrom().voidItem()
                        : asRun(streams::whole));
    }

    @Override
    public Uni<Void> wholeTill(ConnectedChannel channel) {
        return worker(channel).chain(worker -> worker.compare(routine));
    }

    @Override
    public Uni<Long> wholeSales(ConnectedChannel channel) {
        return worker(channel).chain(worker -> worker.compareSales(routine));
    }

    @Override
    public void wake() {
        streams.wake();
    }

    private Uni<ChannelWorker> worker(ConnectedChannel channel) {
        return Uni.createFrom().item(() -> Objects.requireNonNullElseGet(streams.channel(channel.id()), () -> {
            throw new NotConnectedException("The channel is not worked on any more");
        }));
    }

    private Uni<Void> asRun(Function<RunRecord, Uni<Void>> turn) {
        RunRecord run = RunRecord.comparing(parts.runs(), lease, lease, null, routine);
        return turn.apply(run).chain(() -> run.finish(null))
                .onFailure().call(failure -> run.finish(Stream.message(failure)));
    }
}
