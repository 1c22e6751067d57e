package dev.tillbridge.catalog;

/**
 * A link a person wants, and what became of it.
 *
 * @param line where it stands in a file; 0 where there is none
 */
record LinkEdit(int line, String variantId, String itemId, Verdict verdict, String reason) {

    enum Verdict {
        ADDED,
        /** The link is there already. */
        UNCHANGED,
        /** There is no such variant or item. */
        UNKNOWN,
        /** Variant or item is linked to another. */
        CONFLICT
    }

    static LinkEdit wanted(int line, String variantId, String itemId) {
        return new LinkEdit(line, variantId, itemId, null, null);
    }

    LinkEdit with(Verdict judged, String because) {
        return new LinkEdit(line, variantId, itemId, judged, because);
    }
}
