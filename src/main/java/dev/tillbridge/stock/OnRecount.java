package dev.tillbridge.stock;

/** What to do when a person changed a quantity on the till. */
public enum OnRecount {
    /** A person decides; until then the till only follows falls. */
    REPORT,
    /** The till gets Shopify's figure again. */
    OVERWRITE,
    /** The difference goes to Shopify. */
    ADOPT
}
