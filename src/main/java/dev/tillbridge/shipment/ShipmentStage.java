package dev.tillbridge.shipment;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Makes the till's notes say what the store sent: level-triggered, only what differs, each note by itself. What they should say
 * comes from the database alone; orders that were asked for are read by their ids first.
 */
@ApplicationScoped
public class ShipmentStage {

    private static final int BATCH = 60;

    private final ChannelDirectory directory;
    private final NoteRepository notes;
    private final ShipmentIntake intake;
    private final NoteWriter writer;
    private final FencedTransactions transactions;
    private final ShipmentConfig config;

    ShipmentStage(ChannelDirectory directory, NoteRepository notes, ShipmentIntake intake, NoteWriter writer,
            FencedTransactions transactions, ShipmentConfig config) {
        this.directory = directory;
        this.notes = notes;
        this.intake = intake;
        this.writer = writer;
        this.transactions = transactions;
        this.config = config;
    }

    /** What a turn did: how many orders it read and notes it saw to, and whether more wait. */
    public record Outcome(int worked, boolean more) {

        static final Outcome NOTHING = new Outcome(0, false);
    }

    /** One turn for one channel; does nothing where it does not follow shipments. */
    public Uni<Outcome> pass(Pass pass, ConnectedChannel channel) {
        return !ShipmentIntake.follows(channel) || tooLate(pass)
                ? Uni.createFrom().item(Outcome.NOTHING)
                : transactions.write(pass.fence(), connection -> notes.follow(connection, channel.id()))
                        .chain(() -> look(pass, channel))
                        .chain(looked -> write(pass, channel)
                                .map(written -> new Outcome(looked + written, looked == BATCH || written == BATCH)))
                        .call(() -> pass.flush());
    }

    private Uni<Integer> look(Pass pass, ConnectedChannel channel) {
        return notes.toLook(channel.id(), BATCH).chain(asked -> asked.isEmpty()
                ? Uni.createFrom().item(0)
                : Uni.combine().all().unis(directory.store(channel.storeId()), directory.shopConnection(channel.storeId()))
                        .asTuple().chain(known -> Multi.createFrom().iterable(asked)
                                .onItem()
                                .transformToUni(one -> intake.look(pass, known.getItem1(), known.getItem2(), channel, one))
                                .merge(config.concurrency()).collect().last())
                        .replaceWith(asked.size()));
    }

    private Uni<Integer> write(Pass pass, ConnectedChannel channel) {
        return notes.due(channel.id(), BATCH).chain(due -> due.isEmpty()
                ? Uni.createFrom().item(0)
                : Uni.combine().all().unis(directory.tillConnection(channel.id()), pass.runId()).asTuple()
                        .map(known -> new NoteWriter.Place(pass, known.getItem2(), channel,
                                directory.pointOfSale(channel.integration()), known.getItem1()))
                        .chain(place -> Multi.createFrom().iterable(due)
                                .onItem().transformToUni(note -> tooLate(pass)
                                        ? Uni.createFrom().item(Optional.<RuntimeException>empty())
                                        : writer.see(place, note))
                                .merge(config.concurrency()).collect().asList())
                        .map(failures -> {
                            failures.stream().flatMap(Optional::stream).findFirst().ifPresent(failure -> {
                                throw failure;
                            });
                            return due.size();
                        }));
    }

    private boolean tooLate(Pass pass) {
        return pass.fence().endsWithin(config.leaseReserve());
    }
}
