package dev.tillbridge.clover;

/**
 * Who asks, the most urgent first. A lane with a spacing gets at most one of so many requests at full pace.
 */
enum Lane {
    /** A person waits: connecting, checking. A quarter of the pace, so that it cannot push the engine aside. */
    INTERACTIVE(4),
    /** Finding sales: what they lower must not be sold twice. */
    SALES(1),
    /** Reading and setting stock. */
    STOCK(1),
    /** Setting prices. */
    PRICES(1),
    /** Reading and writing the catalogue, and what stands in notes. */
    CATALOGUE(1),
    /** The routine scan of stock: a tenth. */
    SCAN(10);

    private final int spacing;

    Lane(int spacing) {
        this.spacing = spacing;
    }

    int spacing() {
        return spacing;
    }
}
