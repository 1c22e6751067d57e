package dev.tillbridge.order;

import dev.tillbridge.order.UnknownOutcomes.Answer;

/**
 * What a person wants done about a sale.
 *
 * @param reason why it is dismissed; null where it is tried again
 * @param stock what then happens to its stock; null: it is not dismissed but tried again
 * @param unknownOutcome whether the store did what it never confirmed; null where the person did not say
 */
record Decision(String reason, StockChoice stock, Answer unknownOutcome, String by) {

    static Decision replay(Answer unknownOutcome, String by) {
        return new Decision(null, null, unknownOutcome, by);
    }

    boolean replays() {
        return stock == null;
    }

    /** What happens to the stock of a sale that is dismissed. */
    enum StockChoice {
        /** The goods are gone: the store's stock stays, or is, without them. */
        KEEP,
        /** The goods are there: what was taken off the store's stock goes back. */
        RETURN
    }
}
