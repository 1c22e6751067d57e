package dev.tillbridge.product;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How products are published on tills. */
@ConfigMapping(prefix = "tillbridge.product")
public interface ProductConfig {

    /** How many products of one till are worked on at once; the till's governor decides how fast they go. */
    @Min(1)
    @Max(5)
    @WithDefault("3")
    int concurrency();

    /** How soon the till is looked at after an answer was lost. */
    @NotNull
    @WithDefault("PT3S")
    Duration lookAfter();

    /** Only what a look this long after sending does not find was not made: longer than a call may take. */
    @NotNull
    @WithDefault("PT60S")
    Duration absentAfter();

    /** The first wait after a failure; it doubles with each, up to an hour. */
    @NotNull
    @WithDefault("PT1M")
    Duration firstRetry();

    /** Nothing is sent with less of the lease left than this: longer than a call may take, its wait for a turn included. */
    @NotNull
    @WithDefault("PT25S")
    Duration leaseReserve();
}
