package dev.tillbridge.access;

import java.security.MessageDigest;
import java.util.HexFormat;
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

    private final byte[] hash;

    BootstrapKey(AccessConfig config, LaunchMode mode) {
        Optional<String> configured = config.bootstrapKey().map(String::trim).filter(key -> !key.isEmpty());
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

    /** What shows later that a session was begun with this very key; only where there is one. */
    byte[] proof(byte[] sessionHash) {
        return KeyToken.hash(HexFormat.of().formatHex(hash) + HexFormat.of().formatHex(sessionHash));
    }

    boolean proves(byte[] sessionHash, byte[] proof) {
        return hash != null && MessageDigest.isEqual(proof(sessionHash), proof);
    }
}
