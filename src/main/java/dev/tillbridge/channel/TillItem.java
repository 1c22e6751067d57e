package dev.tillbridge.channel;

import java.time.Instant;
import java.util.Set;

import dev.tillbridge.catalog.Item;

/**
 * An item with what it is arranged by; sets are empty where they were not asked for.
 *
 * @param asOf the database's time before the till was asked
 */
public record TillItem(Item item, Set<String> optionIds, Set<String> categoryIds, Instant asOf) {}
