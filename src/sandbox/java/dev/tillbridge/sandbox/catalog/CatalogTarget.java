package dev.tillbridge.sandbox.catalog;

/** A vendor's book, as the seeder fills it. */
public interface CatalogTarget {

    /** Forgets the present catalogue; {@code locations} is how many there are from now on (Shopify). */
    void clear(int locations);

    /** Takes its half of a row; a half that is null is not its concern. */
    void add(SeedRow row);
}
