package dev.tillbridge.price;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the till's prices are kept in step. */
@ConfigMapping(prefix = "tillbridge.price")
public interface PriceConfig {

    /** How long an item rests before the same price is sent again; twice as long each further time. */
    @NotNull
    @WithDefault("PT1M")
    Duration firstRetry();

    /** The longest it rests. */
    @NotNull
    @WithDefault("PT1H")
    Duration longestRetry();

    /** A write is not begun with less of the lease left than this: longer than a call may take. */
    @NotNull
    @WithDefault("PT25S")
    Duration leaseReserve();
}
