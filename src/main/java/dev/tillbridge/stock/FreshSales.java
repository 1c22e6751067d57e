package dev.tillbridge.stock;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** A channel's sales, read no longer ago than they have to be when its stock is written. */
@FunctionalInterface
public interface FreshSales {

    /** Of a channel whose sales are not read: there is nothing to wait for. */
    FreshSales NONE = age -> Uni.createFrom().voidItem();

    /**
     * Completes when a read of the channel's sales is finished and stored that was begun no longer than {@code age} before
     * this was asked; reads them where there is none. With {@code Duration.ZERO} it is always a read begun from now on. Fails
     * where they cannot be read: then no stock is written.
     */
    Uni<Void> within(Duration age);
}
