package dev.tillbridge.access;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tillbridge.platform.StartCheck;

/** An admin key that can be guessed, or looked up in the README, opens the installation to everybody. */
@ApplicationScoped
class BootstrapKeyCheck implements StartCheck {

    private static final int SHORTEST = 32;
    private static final String MAKE_ONE = " Make one with: openssl rand -base64 32 and set TILLBRIDGE_ACCESS_BOOTSTRAP_KEY,"
            + " or leave it out once there is another admin key.";

    private final AccessConfig config;

    BootstrapKeyCheck(AccessConfig config) {
        this.config = config;
    }

    @Override
    public Optional<String> fault() {
        var key = config.bootstrapKey().map(String::trim).orElse("");
        if (key.equals(BootstrapKey.DEMO_KEY)) {
            return Optional.of("tillbridge.access.bootstrap-key is the demo's key, which everybody can read in the README."
                    + MAKE_ONE);
        }
        return key.isEmpty() || key.length() >= SHORTEST
                ? Optional.empty()
                : Optional.of("tillbridge.access.bootstrap-key has fewer than " + SHORTEST
                        + " characters, so it can be guessed." + MAKE_ONE);
    }
}
