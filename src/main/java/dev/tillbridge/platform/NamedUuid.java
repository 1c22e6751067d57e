package dev.tillbridge.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562): the same parts always give the same id, in every replica and after every restart. */
public final class NamedUuid {

    private static final UUID NAMESPACE = UUID.fromString("0c6d4f0e-6a55-4b0d-8c3b-2c5cf3c1b7a4");

    private NamedUuid() {}

    public static UUID of(String... parts) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16).putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits()).array());
            // The separator keeps ("a", "bc") and ("ab", "c") apart.
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8)));
            long most = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000L;
            long least = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            return new UUID(most, least);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
