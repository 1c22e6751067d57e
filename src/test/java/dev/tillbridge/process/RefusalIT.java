package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceDatabase;
import dev.tillbridge.testing.ServiceProcess;

/** What the packaged service does not start with, and what it says then. */
class RefusalIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String KEY = "tillbridge.access.encryption-key";
    private static final String SAMPLE = "sample:c2FtcGxlLWtleS1mb3ItZGV2ZWxvcG1lbnQtb25seSE=";
    private static final String SHORT = "no-more-than-31-characters-long";
    private static final String ELSEWHERE = "http://localhost:9";

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("no-key", Map.of(KEY, ""), List.of(KEY + " is not set", "openssl rand -base64 32")),
                Arguments.of("sample-key", Map.of(KEY, SAMPLE), List.of(KEY + " is the sample key", "openssl rand -base64 32")),
                Arguments.of("short-admin-key", Map.of("tillbridge.access.bootstrap-key", SHORT),
                        List.of("tillbridge.access.bootstrap-key has fewer than 32 characters", "openssl rand -base64 32")),
                Arguments.of("clover-elsewhere", Map.of("tillbridge.clover.url.eu", ELSEWHERE),
                        List.of("tillbridge.clover.url.eu", "tillbridge.allow.vendor-urls=true")),
                Arguments.of("shopify-elsewhere", Map.of("tillbridge.shopify.url", ELSEWHERE),
                        List.of("tillbridge.shopify.url", "tillbridge.allow.vendor-urls=true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void itDoesNotStartAndSaysWhatToDo(String name, Map<String, String> fault, List<String> said) {
        Map<String, String> config = wellConfigured(ServiceProcess.databaseWithTls(SandboxResource.freshDatabase()));
        config.putAll(fault);

        String printed = refusal(name, config);

        assertThat(said).allSatisfy(part -> assertThat(printed).contains(part));
        assertThat(told(printed)).as(printed).hasSize(1);
        assertThat(printed).doesNotContain(SHORT);
    }

    @Test
    void withoutTlsToPostgresqlItDoesNotEvenMigrate() {
        String jdbc = SandboxResource.freshDatabase();

        String printed = refusal("no-tls", wellConfigured(ServiceProcess.plainDatabase(jdbc)));

        assertThat(printed).contains("Connections to PostgreSQL are not encrypted",
                "quarkus.datasource.reactive.postgresql.ssl-mode=verify-full",
                "sslmode=verify-full in quarkus.datasource.jdbc.url",
                "tillbridge.allow.database-without-tls=true");
        assertThat(new ServiceDatabase(jdbc).number("select count(*) from pg_tables where schemaname = 'public'")).isZero();
    }

    /** Who sets it up must not need a start for each. */
    @Test
    void allFaultsAreToldAtOnce() {
        Map<String, String> config = ServiceProcess.plainDatabase(SandboxResource.freshDatabase());
        config.put(KEY, SAMPLE);
        config.put("tillbridge.access.bootstrap-key", SHORT);
        config.put("tillbridge.clover.url.us", ELSEWHERE);
        config.put("tillbridge.shopify.url", ELSEWHERE);

        assertThat(told(refusal("all-faults", config))).hasSize(5);
    }

    private static Map<String, String> wellConfigured(Map<String, String> database) {
        Map<String, String> config = new LinkedHashMap<>(database);
        config.put(KEY, "test:" + ServiceProcess.ENCRYPTION_KEY);
        config.put("tillbridge.access.bootstrap-key", ServiceProcess.ADMIN_KEY);
        return config;
    }

    private static String refusal(String name, Map<String, String> config) {
        try (ServiceProcess service = ServiceProcess.begin("refusal-" + name, config)) {
            assertThat(service.exitCode(SOON)).as(service.printed()).isEqualTo(1);
            return service.printed();
        }
    }

    /** The faults in the log: one line each. */
    private static List<String> told(String printed) {
        return printed.lines().filter(line -> line.contains("\"level\":\"FATAL\"")).toList();
    }
}
