package dev.tillbridge.sync;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often the engine looks, and how it shares the stores. */
@ConfigMapping(prefix = "tillbridge.sync")
public interface SyncConfig {

    /** Whether this replica works on stores at all; off, it only answers the API. */
    @WithDefault("true")
    boolean enabled();

    /** How often new till sales are looked for. */
    @NotNull
    @WithDefault("PT10S")
    Duration orderPoll();

    /** How often changes of the store's stock and catalogue, and of the till's catalogue, are looked for. */
    @NotNull
    @WithDefault("PT10S")
    Duration stockPoll();

    /** Where nothing changes, polls grow apart up to this; to ten times of it where the database tells of what there is to do. */
    @NotNull
    @WithDefault("PT60S")
    Duration quietPoll();

    /** How often all of the till's stock is read: a change of stock may leave an item's modifiedTime alone. */
    @NotNull
    @WithDefault("PT2M")
    Duration tillScan();

    /** Hour of the store's own day at which everything is read anew. */
    @Min(0)
    @Max(23)
    @WithDefault("3")
    int fullReadHour();

    /** A cursor older than this is not followed: everything is read anew. */
    @NotNull
    @WithDefault("P3D")
    Duration cursorAge();

    /** How far each window of changes reaches back over the one before: search indexes lag behind writes. */
    @NotNull
    @WithDefault("PT2M")
    Duration overlap();

    /** The same for sales, whose lists may show a row some minutes late. */
    @NotNull
    @WithDefault("PT10M")
    Duration salesOverlap();

    /** How far back each night all sales are looked at, whatever the till says of when they were changed: at most 90 days. */
    @NotNull
    @WithDefault("P7D")
    Duration salesLookBack();

    /** How far back each night the store is searched for orders that are there twice. */
    @NotNull
    @WithDefault("P2D")
    Duration doublesLookBack();

    /** How often the merchant's properties and the store's locations are read. */
    @NotNull
    @WithDefault("PT1H")
    Duration profilePoll();

    /** For how long a store is claimed. */
    @NotNull
    @WithDefault("PT60S")
    Duration lease();

    /** How often leases are renewed. */
    @NotNull
    @WithDefault("PT15S")
    Duration renew();

    /** How many stores one replica holds at most. */
    @Min(1)
    @WithDefault("5000")
    int stores();

    /**
     * How many stores that nobody holds are claimed in a second, so that a replica that starts does not take them all. Those of
     * a replica that is gone are claimed all at once.
     */
    @Min(1)
    @WithDefault("100")
    int claim();
}
