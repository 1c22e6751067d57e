package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.Item;

/**
 * One page of a till's items.
 *
 * @param deletedIds items of this page that the till says are deleted
 * @param asOf the database's time before this page was asked for
 * @param vendorTime the till's own time ({@code Date} header) when it answered
 * @param unusable items of this page that were left out
 */
public record ItemPage(List<Item> items, List<String> deletedIds, Instant asOf, Instant vendorTime,
        List<UnusableRow> unusable) {

    public ItemPage(List<Item> items, List<String> deletedIds, Instant asOf, Instant vendorTime) {
        this(items, deletedIds, asOf, vendorTime, List.of());
    }
}
