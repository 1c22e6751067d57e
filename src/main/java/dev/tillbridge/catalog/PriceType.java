package dev.tillbridge.catalog;

/** How a till item is priced (Clover: {@code priceType}). */
public enum PriceType {
    FIXED,
    /** The price is typed at the till. */
    VARIABLE,
    /** Sold by weight or length: quantities have decimals. */
    PER_UNIT
}
