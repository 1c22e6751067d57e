package dev.tillbridge.shipment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.order.Containment;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.TillNote;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.shipment.NoteRepository.DueNote;

/**
 * Makes one note say what it should. It is read each time just before, because people write in it, too, and because a write
 * whose answer was lost may have been done: then nothing is sent. Clover has no compare-and-set: what a person writes between
 * that reading and the write is lost, as between two people at two tills.
 */
@ApplicationScoped
class NoteWriter {

    private static final Logger LOG = Logger.getLogger(NoteWriter.class);
    private static final String MEND = ". Write it there by hand and dismiss this, or mend the cause and replay it";

    private final NoteRepository notes;
    private final NoteStory story;
    private final FencedTransactions transactions;
    private final ShipmentConfig config;

    NoteWriter(NoteRepository notes, NoteStory story, FencedTransactions transactions, ShipmentConfig config) {
        this.notes = notes;
        this.story = story;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Where notes are written.
     *
     * @param run that they are seen to in
     */
    record Place(Pass pass, UUID run, ConnectedChannel channel, PointOfSale pos, TillConnection till) {}

    /** The failure, where it concerns the till as a whole: the stream then rests. */
    Uni<Optional<RuntimeException>> see(Place place, DueNote note) {
        return Uni.createFrom().deferred(() -> place.pos().note(place.till(), note.posOrderId()))
                .chain(found -> found == null ? absent(place, note) : compare(place, note, found.text()))
                .replaceWith(Optional.<RuntimeException>empty())
                .onFailure(Containment::contained).recoverWithUni(failure -> failed(place, note, failure));
    }

    private Uni<Void> compare(Place place, DueNote note, String text) {
        int room = TillNote.room(text, note.known(), note.lines());
        List<String> lines = ShipmentWords.fitting(note.lines(), room).orElse(null);
        if (lines == null) {
            return giveUp(place, note, "note-full",
                    "The note of this sale at the till has no room for its shipment (" + Math.max(0, room)
                            + " of " + SaleNote.LONGEST + " characters are left). Shorten the note there, then replay this");
        }
        return TillNote.says(text, note.known(), lines)
                ? transactions.write(place.pass().fence(), connection -> stands(connection, place, note, lines))
                : write(place, note, text, lines);
    }

    /** Nothing is sent. Where a write had no answer, it was done; where a person took our lines out of the note, so be it. */
    private Uni<Void> stands(SqlConnection connection, Place place, DueNote note, List<String> lines) {
        return note.wanted().equals(note.told())
                ? notes.confirmed(connection, note, lines)
                : confirm(connection, place, note, lines, note.told() == null
                        ? "The till's note says so already: a write that got no answer was done"
                        : "The till's note says so already");
    }

    private Uni<Void> write(Place place, DueNote note, String text, List<String> lines) {
        String whole = TillNote.with(text, note.known(), lines);
        return transactions
                .write(place.pass().fence(), connection -> notes.intend(connection, note, lines, config.leaseReserve()))
                .chain(intended -> intended && !tooLate(place)
                        ? place.pos().writeNote(place.till(), note.posOrderId(), whole)
                                .chain(() -> transactions.write(place.pass().fence(),
                                        connection -> confirm(connection, place, note, lines, cause(note))))
                                .invoke(() -> place.pass().count("notes-written", 1))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> confirm(SqlConnection connection, Place place, DueNote note, List<String> lines, String cause) {
        return notes.confirmed(connection, note, lines)
                .chain(() -> story.written(connection, place.channel(), note, place.run(), note.told(),
                        String.join("\n", lines), cause))
                .chain(() -> story.settled(connection, place.channel(), note));
    }

    private static String cause(DueNote note) {
        return note.wanted().isEmpty()
                ? "The store's order that was shipped is no longer this sale's"
                : "The store sent the order " + note.storeOrderName() + ", or changed how it is followed";
    }

    /** There is no note to write in: whoever deleted the sale knows. */
    private Uni<Void> absent(Place place, DueNote note) {
        return transactions.write(place.pass().fence(), connection -> confirm(connection, place, note, List.of(),
                "The till no longer has this sale, so nothing was written"));
    }

    private boolean tooLate(Place place) {
        return place.pass().fence().endsWithin(config.leaseReserve());
    }

    private Uni<Optional<RuntimeException>> failed(Place place, DueNote note, Throwable failure) {
        if (!(failure instanceof ConnectorException)) {
            LOG.errorf(failure, "The note of order %s could not be seen to", note.posOrderId());
        }
        if (failure instanceof ConnectorException vendors && vendors.concernsConnection()) {
            return again(place, note, false).replaceWith(Optional.of(vendors));
        }
        String message = Containment.message(failure);
        boolean forGood = failure instanceof ConnectorException.Rejected || note.attempts() + 1 >= config.attempts();
        return (forGood
                ? giveUp(place, note, Containment.code(failure), message + MEND)
                : again(place, note, true)
                        .chain(() -> place.pass().failed(note.subject(), Containment.code(failure), message)))
                .replaceWith(Optional.empty());
    }

    private Uni<Void> again(Place place, DueNote note, boolean counts) {
        var in = DoublingGap.after(note.attempts(), config.firstRetry(), config.longestRetry());
        return transactions.write(place.pass().fence(), connection -> notes.again(connection, note, in, counts));
    }

    private Uni<Void> giveUp(Place place, DueNote note, String code, String problem) {
        return place.pass().failed(note.subject(), code, problem)
                .chain(() -> transactions.write(place.pass().fence(), connection -> notes.giveUp(connection, note, problem)
                        .chain(given -> given
                                ? story.failed(connection, place.channel(), note, place.run(), problem)
                                : Uni.createFrom().voidItem())));
    }
}
