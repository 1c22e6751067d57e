package dev.tillbridge.platform;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;

/**
 * Refuses connections to PostgreSQL that are not encrypted, or are only where the server likes ({@code allow}, {@code prefer}).
 * There are two kinds, each configured in its own way: the reactive pool's, and those of the migrations.
 */
@ApplicationScoped
class DatabaseTls implements StartCheck {

    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");
    private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    private static final String REACTIVE_MODE = "quarkus.datasource.reactive.postgresql.ssl-mode";
    private static final List<String> JDBC_URLS = List.of("quarkus.datasource.jdbc.url", "quarkus.flyway.jdbc-url");
    private static final String JDBC_PROPERTIES = "quarkus.datasource.jdbc.additional-jdbc-properties.";
    private static final String MODE = "sslmode";

    private final Config config;
    private final AllowConfig allow;

    DatabaseTls(Config config, AllowConfig allow) {
        this.config = config;
        this.allow = allow;
    }

    @Override
    public boolean concernsMigrations() {
        return true;
    }

    @Override
    public Optional<String> fault() {
        if (allow.databaseWithoutTls()) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>();
        if (!reactiveIsEncrypted()) {
            missing.add(REACTIVE_MODE + "=verify-full");
        }
        JDBC_URLS.stream().filter(key -> value(key).map(url -> !jdbcIsEncrypted(url)).orElse(false))
                .forEach(key -> missing.add("sslmode=verify-full in " + key));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Connections to PostgreSQL are not encrypted. Set " + String.join(", and ", missing)
                        + "; or allow it with tillbridge.allow.database-without-tls=true.");
    }

    /** The setting beats what stands in the addresses, of which there may be several. */
    private boolean reactiveIsEncrypted() {
        var urls = config.getOptionalValues(REACTIVE_URL, String.class).orElse(List.of());
        return value(REACTIVE_MODE).map(DatabaseTls::encrypts)
                .orElseGet(() -> urls.stream().allMatch(url -> parameter(url, MODE).map(DatabaseTls::encrypts).orElse(false)));
    }

    /** What stands in the address beats the properties; {@code ssl=true} alone is the driver's older word for {@code verify-full}. */
    private boolean jdbcIsEncrypted(String url) {
        return parameter(url, MODE).or(() -> value(JDBC_PROPERTIES + MODE)).map(DatabaseTls::encrypts)
                .orElseGet(() -> parameter(url, "ssl").or(() -> value(JDBC_PROPERTIES + "ssl"))
                        .map(ssl -> ssl.isEmpty() || ssl.equalsIgnoreCase("true")).orElse(false));
    }

    private Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static boolean encrypts(String mode) {
        return ENCRYPTED.contains(mode.trim().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The last value of a parameter in an address; empty where it has none. */
    private static Optional<String> parameter(String url, String name) {
        var query = url.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        Optional<String> found = Optional.empty();
        for (var part : List.of(url.substring(query + 1).split("&", -1))) {
            var equals = part.indexOf('=');
            if (name.equals(equals < 0 ? part : part.substring(0, equals))) {
                found = Optional.of(equals < 0
                        ? ""
                        : URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }
}
