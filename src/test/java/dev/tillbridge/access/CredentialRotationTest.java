package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.tillbridge.access.CredentialRotation.Outcome;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.Secret;

class CredentialRotationTest {

    private static final String OLD = "k1:dGhpcnR5LXR3by1ieXRlcy1mb3ItdGVzdHMtb25seSE=";
    private static final String NEW = "k2:YW5vdGhlci10aGlydHktdHdvLWJ5dGUta2V5LWhlcmU=";
    private static final PlainDatabase DATABASE = PlainDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatAnOlderKeyEncryptedIsEncryptedAnewOnceAndReadsWithoutThatKey() {
        var owner = UUID.randomUUID();
        var secrets = Map.of("token", Secret.of("abc"), "client-secret", Secret.of("def"));
        PlainDatabase.get(vault(OLD).replace(DATABASE.pool(), owner, secrets));
        var rotating = vault(NEW, OLD);
        var before = PlainDatabase.get(rotating.underOlderKeys(DATABASE.pool()));
        DATABASE.run("update credential set updated_at = '2026-01-01' where owner_id = $1", owner);

        assertThat(rotate(rotating)).isEqualTo(new Outcome(2, 2));
        assertThat(DATABASE.count("select count(*) from credential where owner_id = $1 and updated_at = '2026-01-01'", owner))
                .as("nobody gave another credential").isEqualTo(2);
        assertThat(PlainDatabase.get(vault(NEW).read(DATABASE.pool(), owner))).isEqualTo(secrets);
        assertThat(rotate(rotating)).isEqualTo(new Outcome(0, 0));
        // Another replica that read the rows before comes too late, and changes nothing.
        assertThat(before).allSatisfy(
                row -> assertThat(PlainDatabase.get(rotating.rotate(DATABASE.pool(), row))).isFalse());

        DATABASE.run("update credential set key_id = 'lost' where owner_id = $1 and name = 'token'", owner);
        DATABASE.run("update credential set key_id = 'k1' where owner_id = $1 and name = 'client-secret'", owner);
        assertThat(rotate(rotating)).as("what does not decrypt is left alone").isEqualTo(new Outcome(0, 2));
    }

    @Test
    void asAJobItSaysWhetherOlderKeysMayBeTakenAway() {
        // Given
        DATABASE.run("delete from credential");
        var owner = UUID.randomUUID();
        PlainDatabase.get(vault(OLD).replace(DATABASE.pool(), owner, Map.of("token", Secret.of("abc"))));

        // When // Then
        assertThat(exitCode(vault(NEW))).as("without the older key nothing can be encrypted anew").isEqualTo(1);
        assertThat(exitCode(vault(NEW, OLD))).isZero();
        assertThat(exitCode(vault(NEW))).as("again, with nothing to do").isZero();
    }

    private static int exitCode(CredentialVault vault) {
        return PlainDatabase.get(rotation(vault).exitCode());
    }

    private static Outcome rotate(CredentialVault vault) {
        return PlainDatabase.get(rotation(vault).rotate());
    }

    private static CredentialRotation rotation(CredentialVault vault) {
        return new CredentialRotation(DATABASE.pool(), vault, config(NEW));
    }

    private static CredentialVault vault(String current, String... older) {
        return new CredentialVault(config(current, older));
    }

    private static AccessConfig config(String current, String... older) {
        return new AccessConfig() {
            @Override
            public Optional<String> bootstrapKey() {
                return Optional.empty();
            }

            @Override
            public Optional<String> encryptionKey() {
                return Optional.of(current);
            }

            @Override
            public Optional<List<String>> olderEncryptionKeys() {
                return Optional.of(List.of(older));
            }

            @Override
            public boolean rotateAndExit() {
                return false;
            }
        };
    }
}
