package dev.tillbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class DatabaseTlsTest {

    private static final String URL = "quarkus.datasource.reactive.url";
    private static final String MODE = "quarkus.datasource.reactive.postgresql.ssl-mode";
    private static final String JDBC = "quarkus.datasource.jdbc.url";

    @ParameterizedTest
    @CsvSource(textBlock = """
            require
            verify-ca
            verify-full
            VERIFY_FULL
            """)
    void whatEncryptsIsTaken(String mode) {
        assertThat(fault(false, Map.of(URL, "postgresql://db/x", MODE, mode, JDBC, "jdbc:postgresql://db/x?sslmode=require")))
                .isEmpty();
        assertThat(fault(false, Map.of(URL, "postgresql://db/x?sslmode=" + mode.toLowerCase(Locale.ROOT).replace('_', '-'))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "disable", "allow", "prefer"})
    void whatTheServerMayTalkOutOfIsNot(String mode) {
        assertThat(fault(false, Map.of(URL, "postgresql://db/x?sslmode=require", MODE, mode))).contains(MODE)
                .doesNotContain(JDBC);
        assertThat(fault(false, Map.of(URL, "postgresql://a/x?sslmode=require,postgresql://b/x?sslmode=" + mode)))
                .contains(MODE);
        assertThat(fault(false, Map.of(MODE, "require", JDBC, "jdbc:postgresql://db/x?a=b&sslmode=" + mode))).contains(JDBC)
                .doesNotContain(MODE);
    }

    @Test
    void theDriversDefaultsDoNotEncrypt() {
        assertThat(fault(false, Map.of(URL, "postgresql://db/x", JDBC, "jdbc:postgresql://db/x"))).contains(MODE, JDBC,
                "tillbridge.allow.database-without-tls=true");
        assertThat(fault(true, Map.of(URL, "postgresql://db/x", JDBC, "jdbc:postgresql://db/x"))).isEmpty();
    }

    @Test
    void jdbcSaysItInMoreThanOneWay() {
        var property = "quarkus.datasource.jdbc.additional-jdbc-properties.";
        assertThat(fault(false, Map.of(JDBC, "jdbc:postgresql://db/x?ssl=true"))).isEmpty();
        assertThat(fault(false, Map.of(JDBC, "jdbc:postgresql://db/x", property + "sslmode", "verify-full"))).isEmpty();
        assertThat(fault(false, Map.of(JDBC, "jdbc:postgresql://db/x?sslmode=disable", property + "sslmode", "verify-full")))
                .as("the address beats the properties").contains(JDBC);
        assertThat(fault(false, Map.of(JDBC, "jdbc:postgresql://db/x?ssl=true&sslmode=prefer"))).contains(JDBC);
        assertThat(fault(false, Map.of("quarkus.flyway.jdbc-url", "jdbc:postgresql://db/x")))
                .contains("quarkus.flyway.jdbc-url");
    }

    private static String fault(boolean allowed, Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(settings, "test", 100)).build();
        return new DatabaseTls(config, new AllowConfig() {
            @Override
            public boolean databaseWithoutTls() {
                return allowed;
            }

            @Override
            public boolean vendorUrls() {
                return false;
            }
        }).fault().orElse("");
    }
}
