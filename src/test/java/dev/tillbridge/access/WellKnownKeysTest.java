package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.dev.DemoMain;

/** Keys that stand in the sources open every installation that has them. */
class WellKnownKeysTest {

    private static final String OWN = "k1:dGhpcnR5LXR3by1ieXRlcy1mb3ItdGVzdHMtb25seSE=";

    @Test
    void theSampleEncryptionKeyIsForDevelopmentAndTestsAlone() {
        var sample = ConfigProvider.getConfig().getValue("%test.tillbridge.access.encryption-key", String.class);
        assertThat(ConfigProvider.getConfig().getValue("%dev.tillbridge.access.encryption-key", String.class))
                .isEqualTo(sample);
        assertThat(encryption(sample)).contains("tillbridge.access.encryption-key is the sample key", "openssl rand");
        assertThat(encryption("mine:" + sample.substring(sample.indexOf(':') + 1))).contains("sample key");
        assertThat(encryption(OWN)).isEmpty();
    }

    @Test
    void anEncryptionKeyMustBeThereAndRead() {
        assertThat(encryption(null)).contains("is not set", "openssl rand");
        assertThat(encryption(" ")).contains("is not set");
        assertThat(encryption("k1:c2VjcmV0")).contains("6 bytes instead of 32").doesNotContain("c2VjcmV0");
    }

    @Test
    void anAdminKeyIsLongEnoughAndNotTheDemos() {
        assertThat(bootstrap(DemoMain.BOOTSTRAP_KEY)).contains("tillbridge.access.bootstrap-key is the demo's key");
        assertThat(bootstrap("x".repeat(31) + " ")).contains("fewer than 32 characters").doesNotContain("xxx");
        assertThat(bootstrap("x".repeat(32))).isEmpty();
        assertThat(bootstrap(null)).isEmpty();
    }

    private static String encryption(String key) {
        return new EncryptionKeyCheck(config(key, null)).fault().orElse("");
    }

    private static String bootstrap(String key) {
        return new BootstrapKeyCheck(config(OWN, key)).fault().orElse("");
    }

    private static AccessConfig config(String encryption, String bootstrap) {
        return new AccessConfig() {
            @Override
            public Optional<String> bootstrapKey() {
                return Optional.ofNullable(bootstrap);
            }

            @Override
            public Optional<String> encryptionKey() {
                return Optional.ofNullable(encryption);
            }

            @Override
            public Optional<List<String>> olderEncryptionKeys() {
                return Optional.empty();
            }

            @Override
            public boolean rotateAndExit() {
                return false;
            }
        };
    }
}
