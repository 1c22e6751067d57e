package dev.tillbridge.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

import dev.tillbridge.platform.Secret;

/**
 * The token of an API key. It has 256 random bits, so that a plain SHA-256 is enough at rest: there is no password to
 * guess. The prefix lets secret scanners find a leaked one.
 */
final class KeyToken {

    private static final String PREFIX = "tbk_";
    private static final int BYTES = 32;

    private KeyToken() {}

    static Secret create() {
        var bytes = new byte[BYTES];
        // Not kept in a field: a native image would hold one that was seeded when it was built, and refuses to.
        new SecureRandom().nextBytes(bytes);
        return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
