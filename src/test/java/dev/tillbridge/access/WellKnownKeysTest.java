package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.runtime.LaunchMode;

import dev.tillbridge.sandbox.dev.DemoMain;

/** Keys that stand in the sources open every installation that has them. */
class WellKnownKeysTest {

    private static final String OWN = "k1:dGhpcnR5LXR3by1ieXRlcy1mb3ItdGVzdHMtb25seSE=";

    @Test
    void theSampleEncryptionKeyIsForDevelopmentAndTestsAlone() {
        var sample = ConfigProvider.getConfig().getValue("%test.tillbridge.access.encryption-key", String.class);
        assertThatThrownBy(() -> new CredentialVault(config(sample, null), LaunchMode.NORMAL))
                .hasMessageContaining("tillbridge.access.encryption-key is the sample key")
                .hasMessageContaining("openssl rand");
        assertThatThrownBy(() -> new CredentialVault(config("mine:" + sample.substring(sample.indexOf(':') + 1), null),
                LaunchMode.NORMAL)).hasMessageContaining("sample key");
        assertThatCode(() -> new CredentialVault(config(sample, null), LaunchMode.DEVELOPMENT)).doesNotThrowAnyException();
        assertThatCode(() -> new CredentialVault(config(OWN, null), LaunchMode.NORMAL)).doesNotThrowAnyException();
    }

    @Test
    void theDemosBootstrapKeyIsForTheDemoAlone() {
        assertThatThrownBy(() -> new BootstrapKey(config(OWN, DemoMain.BOOTSTRAP_KEY), LaunchMode.NORMAL))
                .hasMessageContaining("tillbridge.access.bootstrap-key is the demo's key");
        assertThatCode(() -> new BootstrapKey(config(OWN, DemoMain.BOOTSTRAP_KEY), LaunchMode.DEVELOPMENT))
                .doesNotThrowAnyException();
    }

    private static AccessConfig config(String encryption, String bootstrap) {
        return new AccessConfig() {
            @Override
            public Optional<String> bootstrapKey() {
                return Optional.ofNullable(bootstrap);
            }

            @Override
            public Optional<String> encryptionKey() {
                return Optional.of(encryption);
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
