package dev.tillbridge.shipment;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How shipments reach the till. */
@ConfigMapping(prefix = "tillbridge.shipment")
public interface ShipmentConfig {

    /** How many notes of one till are seen to at once; its governor decides how fast they go. */
    @Min(1)
    @Max(5)
    @WithDefault("3")
    int concurrency();

    /** How often a note is tried before a person is told. */
    @Min(1)
    @WithDefault("8")
    int attempts();

    /** The first wait after a failure; it doubles with each. */
    @NotNull
    @WithDefault("PT5S")
    Duration firstRetry();

    /** The longest wait between two tries. */
    @NotNull
    @WithDefault("PT6H")
    Duration longestRetry();

    /** A write is not begun with less of the lease left than this: longer than a call may take. */
    @NotNull
    @WithDefault("PT25S")
    Duration leaseReserve();
}
