package dev.tillbridge.sync.reconcile;

import java.time.Duration;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When both sides are compared whole, and how much of it is kept. */
@ConfigMapping(prefix = "tillbridge.reconcile")
public interface ReconcileConfig {

    /** Whether each store is compared every night; people may ask for it in any case. */
    @WithDefault("true")
    boolean nightly();

    /** Over how long after the hour of the full read the stores are spread. */
    @NotNull
    @WithDefault("PT1H")
    Duration spread();

    /** What has changed this shortly before is still under way, and no difference. */
    @NotNull
    @WithDefault("PT10M")
    Duration settle();

    /** How long a quantity of a till that nothing explains is waited for: longer than it takes to be a recount. */
    @NotNull
    @WithDefault("PT3M")
    Duration secondLook();

    /** How many rows of each kind of difference are kept for reading. */
    @Min(1)
    @WithDefault("100")
    int keptRows();

    /** For how long reports are kept. */
    @NotNull
    @WithDefault("P90D")
    Duration keptFor();
}
