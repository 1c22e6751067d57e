package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.ChangedProduct;

/**
 * One page of a store's products, without their variants.
 *
 * @param asOf the database's time before this page was asked for
 */
public record ProductPage(List<ChangedProduct> products, Instant asOf) {}
