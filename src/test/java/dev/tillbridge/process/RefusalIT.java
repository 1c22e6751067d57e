package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceProcess;

class RefusalIT {

    @Test
    void withoutAnEncryptionKeyItDoesNotStartAndSaysWhatToDo() {
        // Given
        String jdbc = SandboxResource.freshDatabase();
        Map<String, String> config = ServiceProcess.databaseWithTls(jdbc);

        // When
        try (ServiceProcess service = ServiceProcess.begin("refusal", config)) {
            int exit = service.exitCode(Duration.ofMinutes(1));

            // Then
            assertThat(exit).isNotZero();
            assertThat(service.printed()).contains("tillbridge.access.encryption-key", "openssl rand -base64 32");
        }
    }
}
