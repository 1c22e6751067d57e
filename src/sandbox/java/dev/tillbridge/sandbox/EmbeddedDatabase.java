package dev.tillbridge.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A throw-away PostgreSQL for demo and tests; its data is gone when it stops. User {@code postgres}, no password needed, but
 * clients may send {@code postgres}.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final int PORT = 4183;
    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts a PostgreSQL and waits until it answers.
     *
     * @param port 0 takes any free one
     */
    public static EmbeddedDatabase start(int port) {
        try {
            return start(Files.createTempDirectory("tillbridge-pg"), port);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL cannot start.", e);
        }
    }

    /**
     * The same; it speaks TLS to whoever wants to, and plain text to others.
     *
     * @param certificate PEM file of the server's certificate
     * @param key PEM file of its private key, which nobody but its owner may read
     */
    public static EmbeddedDatabase startWithTls(int port, Path certificate, Path key) {
        try {
            return start(Files.createTempDirectory("tillbridge-pg"), port, Map.of("ssl", "on", "ssl_cert_file",
                    certificate.toAbsolutePath().toString(), "ssl_key_file", key.toAbsolutePath().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL cannot start.", e);
        }
    }

    /**
     * Starts the demo's PostgreSQL on {@link #PORT}, or on any free one if that is taken. One that an earlier demo left behind
     * when it was killed is stopped first: it lies in the same directory.
     */
    public static EmbeddedDatabase startForDemo() {
        try {
            Path data = Path.of(System.getProperty("java.io.tmpdir"), "tillbridge-demo-pg-" + System.getProperty("user.name"));
            LeftDatabase.stopAndDelete(data);
            return start(Files.createDirectories(data), free(PORT) ? PORT : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL cannot start.", e);
        }
    }

    private static EmbeddedDatabase start(Path data, int port) throws IOException {
        return start(data, port, Map.of());
    }

    private static EmbeddedDatabase start(Path data, int port, Map<String, String> more) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true)
                // Nothing here has to survive a crash of the machine.
                .setServerConfig("fsync", "off").setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "200");
        more.forEach(builder::setServerConfig);
        return new EmbeddedDatabase((port == 0 ? builder : builder.setPort(port)).start());
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("localhost", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Makes an empty database. */
    public void create(String name) {
        create(port(), name);
    }

    /** Makes an empty database on the server of this machine that listens on the port. */
    public static void create(int port, String name) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("A database's name is made of a-z, 0-9 and _.");
        }
        Properties login = new Properties();
        login.setProperty("user", USER);
        try (Connection connection = DriverManager.getConnection(jdbcUrl(port, USER), login);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The database " + name + " cannot be made.", e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** The address of the database every server has, {@code postgres}. */
    public String jdbcUrl() {
        return jdbcUrl(port(), USER);
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(port(), database);
    }

    /** The address as the reactive client takes it. */
    public String reactiveUrl(String database) {
        return "postgresql://localhost:" + port() + "/" + database;
    }

    public static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop in order.", e);
        }
    }
}
