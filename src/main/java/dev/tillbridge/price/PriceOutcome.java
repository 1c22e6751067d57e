package dev.tillbridge.price;

import dev.tillbridge.channel.ConnectorException;

/**
 * What came of a price that was sent.
 *
 * @param failure why it was refused, or why what came of it is unknown; null where the till's answer or a look at the item
 *        told
 */
record PriceOutcome(DuePrice price, Kind kind, ConnectorException failure) {

    enum Kind {
        /** The till says that it holds the price. */
        CONFIRMED,
        /** It may or may not have taken it: a later reading tells. */
        UNKNOWN,
        /** It would not take this row's price. */
        REFUSED
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }
}
