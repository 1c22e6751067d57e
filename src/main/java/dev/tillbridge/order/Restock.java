package dev.tillbridge.order;

/** Which units go back to stock when money is given back. */
public enum Restock {
    /** Those of the lines that refunds name; of a void, all. */
    LINES,
    NONE,
    /** As LINES; and all where the whole sale was given back without naming lines. */
    ALL
}
