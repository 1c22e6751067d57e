package dev.tillbridge.clover;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleNote;

/** Reads and writes an order's note. A POST to an order changes the fields it names and no other (docs.clover.com/dev/reference/orderupdateorder). */
final class NoteCalls {

    private final CloverTill till;

    NoteCalls(CloverTill till) {
        this.till = till;
    }

    /** Null where the till has no such order, or it was deleted. */
    Uni<SaleNote> read(String saleId) {
        String id = CloverId.checked("an order", saleId);
        return till.note(id).map(order -> {
            checked(CloverOperation.READ_NOTE, id, order);
            return order.deletedTimestamp() != null && order.deletedTimestamp() > 0 ? null : new SaleNote(text(order));
        }).onFailure(SaleReader::absent).recoverWithNull();
    }

    /** An answer that does not show the note sent leaves the outcome unknown. */
    Uni<Void> write(String saleId, String note) {
        String id = CloverId.checked("an order", saleId);
        if (note.length() > SaleNote.LONGEST) {
            throw new IllegalArgumentException("A note has " + SaleNote.LONGEST + " characters at most, not " + note.length());
        }
        return till.writeNote(id, note).map(order -> {
            checked(CloverOperation.WRITE_NOTE, id, order);
            if (!plain(text(order)).equals(plain(note))) {
                throw new ConnectorException.Transient("unconfirmed", "Clover's answer does not show the note sent for order "
                        + id + ". What it holds is unknown until it is read again.", true, null);
            }
            return null;
        });
    }

    private void checked(CloverOperation operation, String id, OrderWire.Order order) {
        if (!id.equals(order.id())) {
            throw till.answers().invalid(operation, "it is another order's", null);
        }
    }

    /** PostgreSQL takes no NUL. */
    private static String text(OrderWire.Order order) {
        return order.note() == null ? "" : order.note().replace("\0", "");
    }

    private static String plain(String note) {
        return note.replace("\r\n", "\n").strip();
    }
}
