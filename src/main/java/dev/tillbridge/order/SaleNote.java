package dev.tillbridge.order;

/**
 * What stands in a sale's note at the till: people's words, and lines of Tillbridge's.
 *
 * @param text empty where nothing does
 */
public record SaleNote(String text) {

    /** Characters that a note takes (Clover: com.clover.sdk.v3.order.Order, {@code note} 2047). */
    public static final int LONGEST = 2_047;
}
