package dev.tillbridge.access;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may come in, and the keys that credentials are encrypted with. */
@ConfigMapping(prefix = "tillbridge.access")
interface AccessConfig {

    /** An API key with the role admin for a first start; taken out again once a key of its own is made. At least 32 characters. */
    Optional<String> bootstrapKey();

    /** The key credentials are encrypted with: {@code keyId:base64 of 32 bytes}. Without it nothing starts. */
    Optional<String> encryptionKey();

    /** Earlier keys of the same form, for reading only, while credentials encrypted with them are still there. */
    Optional<List<String>> olderEncryptionKeys();

    /** On, this process only encrypts with the current key what lies under older ones, and ends: 0 where nothing is left under them, else 1. */
    @WithDefault("false")
    boolean rotateAndExit();
}
