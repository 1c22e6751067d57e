package dev.tillbridge.shopify;

import java.time.Duration;

/**
 * Who goes first when points are short. Each call is due a while after it was asked for and the earliest due goes next:
 * a later class yields to an earlier one for that long, and no longer, so that none starves.
 */
enum Priority {

    SALES(Duration.ZERO),
    STOCK(Duration.ofSeconds(2)),
    PRICES(Duration.ofSeconds(5)),
    CATALOGUE(Duration.ofSeconds(10)),
    /** Asked for by a person, perhaps on a replica without the lease: out of a small share of its own. */
    INTERACTIVE(Duration.ZERO);

    private final Duration patience;

    Priority(Duration patience) {
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }
}
