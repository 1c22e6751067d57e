package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Variant;

/**
 * One page of what a store holds; levels may come without their variant and before it.
 *
 * @param asOf the database's time before this page was asked for; for a bulk read, before the operation was started
 * @param vendorTime the store's own time at the start of the read ({@code Date} header, bulk: {@code createdAt}); the
 *        cursor's next value is made of the first page's
 * @param total how many rows the whole read has, where it is known, else -1
 * @param unusable variants of this page that were left out
 */
public record CatalogPage(List<Variant> variants, List<Level> levels, Instant asOf, Instant vendorTime, long total,
        List<UnusableRow> unusable) {

    public CatalogPage(List<Variant> variants, List<Level> levels, Instant asOf, Instant vendorTime, long total) {
        this(variants, levels, asOf, vendorTime, total, List.of());
    }
}
