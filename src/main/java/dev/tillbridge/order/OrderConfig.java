package dev.tillbridge.order;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How till sales become orders. The defaults are those that the stores' and tills' habits ask for. */
@ConfigMapping(prefix = "tillbridge.order")
public interface OrderConfig {

    /** How many sales of one till are read at once. */
    @Min(1)
    @Max(5)
    @WithDefault("4")
    int readers();

    /** How many sales before the start of stock posting are read in one turn: history must not keep fresh sales waiting. */
    @Min(1)
    @WithDefault("100")
    int historyPerTurn();

    /** How many orders of one channel are made at once; the store's governor decides how fast they go. */
    @Min(1)
    @Max(20)
    @WithDefault("6")
    int concurrency();

    /** How many adjustments of one store are under way at once. */
    @Min(1)
    @Max(20)
    @WithDefault("4")
    int postings();

    /** How often something is tried before a person must look at it. */
    @Min(1)
    @WithDefault("8")
    int attempts();

    /** The first wait after a failure; it doubles with each. */
    @NotNull
    @WithDefault("PT5S")
    Duration firstRetry();

    /** The longest wait between two tries, and between two looks at a sale that is not paid. */
    @NotNull
    @WithDefault("PT6H")
    Duration longestRetry();

    /** How soon a sale that is not paid is read again, although the till told of no change; it doubles with each look. */
    @NotNull
    @WithDefault("PT1M")
    Duration firstLook();

    /** For how long a sale that is not paid is looked at; then it is abandoned. */
    @NotNull
    @WithDefault("P30D")
    Duration abandonedAfter();

    /** How long an unpaid sale must have been left alone before it is imported as pending, where unpaid sales are not skipped. */
    @NotNull
    @WithDefault("PT10M")
    Duration quiet();

    /** How long after sending an order of unknown outcome it is looked for: search indexes lag behind writes. */
    @NotNull
    @WithDefault("PT90S")
    Duration lookUpAfter();

    /** The wait before the second look: only two empty ones in a row mean that there is no order. */
    @NotNull
    @WithDefault("PT15S")
    Duration lookUpAgain();

    /** How long after its import doubles of an order are looked for. */
    @NotNull
    @WithDefault("PT10M")
    Duration sweepAfter();

    /** How long an idempotency key may be trusted: Shopify keeps it for 24 hours. */
    @NotNull
    @WithDefault("PT23H")
    Duration keyLife();

    /** Nothing that writes is begun with less of the lease left than this: longer than a call may take. */
    @NotNull
    @WithDefault("PT25S")
    Duration leaseReserve();
}
