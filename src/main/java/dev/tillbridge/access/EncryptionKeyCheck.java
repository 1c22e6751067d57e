package dev.tillbridge.access;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tillbridge.platform.StartCheck;

/** Credentials are encrypted with a key that is there, that reads, and that nobody else can look up in the sources. */
@ApplicationScoped
class EncryptionKeyCheck implements StartCheck {

    /** As it stands in application.properties for development and tests. */
    static final String SAMPLE_KEY = "c2FtcGxlLWtleS1mb3ItZGV2ZWxvcG1lbnQtb25seSE=";
    static final String MAKE_ONE = " Make one with: echo \"k1:$(openssl rand -base64 32)\" and set TILLBRIDGE_ACCESS_ENCRYPTION_KEY.";

    private final AccessConfig config;

    EncryptionKeyCheck(AccessConfig config) {
        this.config = config;
    }

    @Override
    public Optional<String> fault() {
        var current = config.encryptionKey().map(String::trim).orElse("");
        if (current.isEmpty()) {
            return Optional.of("tillbridge.access.encryption-key is not set, and credentials are stored encrypted." + MAKE_ONE);
        }
        if (current.endsWith(SAMPLE_KEY)) {
            return Optional.of("tillbridge.access.encryption-key is the sample key of development, which everybody can read in"
                    + " the sources." + MAKE_ONE);
        }
        try {
            CredentialCipher.requireReadable(current, config.olderEncryptionKeys().orElse(List.of()));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional
                    .of("tillbridge.access.encryption-key or older-encryption-keys do not read: " + e.getMessage() + ".");
        }
    }
}
