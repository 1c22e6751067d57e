package dev.tillbridge.access;

import java.security.MessageDigest;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;

/** The admin key a first start is configured with. It is compared by hash and in constant time, and stands in no table. */
@Startup
@ApplicationScoped
class BootstrapKey {

    static final String NAME = "bootstrap";
    /** The key of the demo, as README and sandbox show it. */
    static final String DEMO_KEY = "demo-key-for-this-machine-only-0123456789";

    private static final Logger LOG = Logger.getLogger(BootstrapKey.class);
    private static final int SHORTEST = 32;

    private final byte[] hash;

    BootstrapKey(AccessConfig config, LaunchMode mode) {
        Optional<String> configured = config.bootstrapKey().map(String::trim).filter(key -> !key.isEmpty());
        configured.filter(key -> key.length() < SHORTEST && mode == LaunchMode.NORMAL).ifPresent(key -> {
            throw new IllegalStateException("tillbridge.access.bootstrap-key has fewer than " + SHORTEST
                    + " characters, so it can be guessed. Make one with: openssl rand -base64 32");
        });
        configured.filter(key -> key.equals(DEMO_KEY) && mode == LaunchMode.NORMAL).ifPresent(key -> {
            throw new IllegalStateException("tillbridge.access.bootstrap-key is the demo's key, which everybody can read in the"
                    + " README. Make one with: openssl rand -base64 32");
        });
        if (configured.isEmpty() && mode == LaunchMode.DEVELOPMENT) {
            var key = KeyToken.create().reveal();
            LOG.infof("Admin key of this development run: %s", key);
            configured = Optional.of(key);
        }
        this.hash = configured.map(KeyToken::hash).orElse(null);
    }

    boolean matches(byte[] tokenHash) {
        return hash != null && MessageDigest.isEqual(hash, tokenHash);
    }
}
