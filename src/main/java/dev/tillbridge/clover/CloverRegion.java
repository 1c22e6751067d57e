package dev.tillbridge.clover;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a merchant's data lives: each region has an API host and tokens of its own. */
enum CloverRegion {
    US("North America"),
    EU("Europe"),
    LA("Latin America"),
    SANDBOX("Clover's developer sandbox");

    private final String label;

    CloverRegion(String label) {
        this.label = label;
    }

    /** As a connection names it: {@code us}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String label() {
        return label;
    }

    URI url(CloverConfig.Url urls) {
        return switch (this) {
            case US -> urls.us();
            case EU -> urls.eu();
            case LA -> urls.la();
            case SANDBOX -> urls.sandbox();
        };
    }

    static Optional<CloverRegion> named(String key) {
        return Arrays.stream(values()).filter(region -> region.key().equals(key)).findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(CloverRegion::key).toList();
    }
}
