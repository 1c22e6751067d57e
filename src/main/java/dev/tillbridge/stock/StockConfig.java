package dev.tillbridge.stock;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the till's stock is kept in step. */
@ConfigMapping(prefix = "tillbridge.stock")
public interface StockConfig {

    /** How long a reading of the till may stay unexplained before it is a recount. */
    @NotNull
    @WithDefault("PT2M")
    Duration recountAfter();

    /** How long an item in doubt rests before it is read again. */
    @NotNull
    @WithDefault("PT10S")
    Duration recheck();

    /** How old a chunk's reading may be when one of its items is written. */
    @NotNull
    @WithDefault("PT8S")
    Duration readingAge();

    /** How long ago the sales of a till with order sync may have been read when its stock is written. */
    @NotNull
    @WithDefault("PT5S")
    Duration salesAge();

    /** By how much a till's clock may differ from the database's. */
    @NotNull
    @WithDefault("PT2M")
    Duration clockSkew();

    /** A write is not begun with less of the lease left than this: longer than a call may take. */
    @NotNull
    @WithDefault("PT25S")
    Duration leaseReserve();

    /** Items with this many units or fewer, there or wanted, are read singly just before they are written. */
    @Min(0)
    @WithDefault("5")
    int fewUnits();

    /** How many writes of one till may be under way at once; its governor decides how fast they go. */
    @Min(1)
    @Max(5)
    @WithDefault("5")
    int concurrency();
}
