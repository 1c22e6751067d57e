package dev.tillbridge.order;

/** What became of a sale's units in the store's stock. */
enum SaleStock {
    /** It touches no stock. */
    NONE,
    /** Held back from the tills; the store's stock does not show it yet. */
    RESERVED,
    /** An adjustment is under way. */
    SENT,
    /** The store's stock shows it. */
    POSTED,
    /** It was taken off and given back whole. */
    RETURNED
}
