package dev.tillbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class SandboxResourceTest {

    @Test
    void theApplicationIsPointedAtTheSandboxThatTestsSee() {
        String url = ConfigProvider.getConfig().getValue("tillbridge.clover.url.us", String.class);

        assertThat(url).isEqualTo(SandboxResource.sandbox().cloverUrl());
    }
}
