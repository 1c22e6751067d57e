package dev.tillbridge.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import dev.tillbridge.platform.Secret;

/**
 * AES-256-GCM with a random 96-bit nonce for each encryption. The owner and the name of a credential are associated data:
 * a row copied to another owner does not decrypt. The first key encrypts, all of them decrypt.
 */
final class CredentialCipher {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String currentKeyId;
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** @throws IllegalArgumentException where a key has not the form {@code keyId:base64 of 32 bytes}; the message has no key in it */
    CredentialCipher(String currentKey, List<String> olderKeys) {
        this.currentKeyId = add(currentKey);
        olderKeys.forEach(this::add);
    }

    /** @throws IllegalArgumentException as the constructor does */
    static void requireReadable(String currentKey, List<String> olderKeys) {
        var unused = new CredentialCipher(currentKey, olderKeys);
    }

    private String add(String text) {
        var colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("An encryption key must have the form keyId:base64");
        }
        var id = text.substring(0, colon).trim();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(colon + 1).trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The encryption key '" + id + "' is not base64", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The encryption key '" + id + "' has " + bytes.length + " bytes instead of " + KEY_BYTES
                            + "; make one with: openssl rand -base64 32");
        }
        if (keys.putIfAbsent(id, new SecretKeySpec(bytes, "AES")) != null) {
            throw new IllegalArgumentException("Two encryption keys have the id '" + id + "'");
        }
        return id;
    }

    /** The id of the key that encrypts. */
    String currentKeyId() {
        return currentKeyId;
    }

    Sealed encrypt(UUID ownerId, String name, Secret secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(currentKeyId), nonce, ownerId, name);
            return new Sealed(currentKeyId, nonce, cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot encrypt with AES-GCM", e);
        }
    }

    /** @throws IllegalStateException where the key is not configured any more, or the row was changed or moved */
    Secret decrypt(UUID ownerId, String name, Sealed sealed) {
        var key = keys.get(sealed.keyId());
        if (key == null) {
            throw new IllegalStateException("A credential of " + ownerId + " was encrypted with the key '" + sealed.keyId()
                    + "', which is not configured: add it to tillbridge.access.older-encryption-keys");
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, sealed.nonce(), ownerId, name);
            return Secret.of(new String(cipher.doFinal(sealed.ciphertext()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The credential '" + name + "' of " + ownerId + " does not decrypt with the key '"
                    + sealed.keyId() + "': it is another key of that name, or the row was changed", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, UUID ownerId, String name)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        var label = name.getBytes(StandardCharsets.UTF_8);
        cipher.updateAAD(ByteBuffer.allocate(16 + label.length).putLong(ownerId.getMostSignificantBits())
                .putLong(ownerId.getLeastSignificantBits()).put(label).array());
        return cipher;
    }

    /** An encrypted credential as it lies in the database. */
    static final class Sealed {

        private final String keyId;
        private final byte[] nonce;
        private final byte[] ciphertext;

        Sealed(String keyId, byte[] nonce, byte[] ciphertext) {
            this.keyId = keyId;
            this.nonce = nonce.clone();
            this.ciphertext = ciphertext.clone();
        }

        String keyId() {
            return keyId;
        }

        byte[] nonce() {
            return nonce.clone();
        }

        byte[] ciphertext() {
            return ciphertext.clone();
        }
    }
}
