package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tillbridge.access.CredentialCipher.Sealed;
import dev.tillbridge.platform.Secret;

class CredentialCipherTest {

    private static final String OLD = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String NEW = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final UUID OWNER = UUID.fromString("0d9f3a52-6c1e-4b7f-9a8e-2f6b1c4d5e60");
    private static final Secret TOKEN = Secret.of("a token, with ünïcode");

    private final CredentialCipher cipher = new CredentialCipher(NEW, List.of(OLD));

    @Test
    void whatWasEncryptedDecrypts() {
        var sealed = cipher.encrypt(OWNER, "token", TOKEN);
        assertThat(sealed.keyId()).isEqualTo("new");
        assertThat(cipher.decrypt(OWNER, "token", sealed)).isEqualTo(TOKEN);
    }

    @Test
    void noNonceIsUsedTwice() {
        var nonces = Stream.generate(() -> Arrays.toString(cipher.encrypt(OWNER, "token", TOKEN).nonce())).limit(1000)
                .distinct()
                .count();
        assertThat(nonces).isEqualTo(1000);
    }

    @Test
    void anOlderKeyStillReadsAndTheNewOneWrites() {
        var before = new CredentialCipher(OLD, List.of()).encrypt(OWNER, "token", TOKEN);
        assertThat(cipher.decrypt(OWNER, "token", before)).isEqualTo(TOKEN);
        assertThat(cipher.encrypt(OWNER, "token", TOKEN).keyId()).isEqualTo("new");
    }

    @Test
    void aKeyThatIsGoneIsNamed() {
        var before = new CredentialCipher(OLD, List.of()).encrypt(OWNER, "token", TOKEN);
        var withoutOld = new CredentialCipher(NEW, List.of());
        assertThatThrownBy(() -> withoutOld.decrypt(OWNER, "token", before))
                .hasMessageContaining("'old'").hasMessageContaining("older-encryption-keys");
    }

    @Test
    void aCredentialThatWasMovedRenamedOrChangedDoesNotDecrypt() {
        var sealed = cipher.encrypt(OWNER, "token", TOKEN);
        var bytes = sealed.ciphertext();
        bytes[0] ^= 1;
        var changed = new Sealed(sealed.keyId(), sealed.nonce(), bytes);
        var other = UUID.randomUUID();
        assertThatThrownBy(() -> cipher.decrypt(other, "token", sealed)).hasMessageContaining("does not decrypt");
        assertThatThrownBy(() -> cipher.decrypt(OWNER, "access-token", sealed)).hasMessageContaining("does not decrypt");
        assertThatThrownBy(() -> cipher.decrypt(OWNER, "token", changed)).hasMessageContaining("does not decrypt");
    }

    @Test
    void aWrongKeyIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new CredentialCipher("c2VjcmV0", List.of())).hasMessageContaining("keyId:base64")
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> new CredentialCipher("k1:c2VjcmV0", List.of())).hasMessageContaining("6 bytes instead of 32")
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> new CredentialCipher("k1:***", List.of())).hasMessageContaining("'k1' is not base64");
        assertThatThrownBy(() -> new CredentialCipher(NEW, List.of(NEW))).hasMessageContaining("Two encryption keys");
    }
}
