package dev.tillbridge.sync.reconcile;

/**
 * What a difference is.
 *
 * @param reason a stable word, such as {@code not-told} or {@code order-gone}
 * @param detail the same in a sentence, with what a person has to do where one has to
 * @param deviation of an order that somebody changed in the store: what it deviates by, in a word that is the same as long as it
 *        does; else null
 */
public record Verdict(Origin origin, String reason, String detail, Repair repair, String deviation) {

    Verdict(Origin origin, String reason, String detail, Repair repair) {
        this(origin, reason, detail, repair, null);
    }

    /** Where it comes from. */
    public enum Origin {
        /** It was changed there, and following the changes should have shown it. */
        MISSED_CHANGE,
        /** Something else wrote what Tillbridge had set. */
        FOREIGN_WRITE,
        /** It is known here and not done: failed, held or unfinished. */
        OUR_FAILURE
    }

    /** Who mends it. */
    public enum Repair {
        /** It was read anew and is stored; what follows from it the ordinary streams do at once. */
        STORED,
        /** The ordinary streams are at it and go on by themselves. */
        UNDER_WAY,
        /** A person. */
        PERSON
    }
}
