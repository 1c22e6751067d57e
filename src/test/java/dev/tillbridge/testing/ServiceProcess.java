package dev.tillbridge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tillbridge.sandbox.EmbeddedDatabase;

/**
 * The packaged service in a process of its own, on a free port, with profile prod: {@code target/quarkus-app} in a JVM, or the
 * native binary where the build made one.
 */
public final class ServiceProcess implements AutoCloseable {

    public static final String ADMIN_KEY = "bootstrap-key-of-a-test-0123456789abcdef";
    /** Base64 of 32 bytes, as configured behind the key's id. */
    public static final String ENCRYPTION_KEY = "dGhpcnR5LXR3by1ieXRlcy1mb3ItdGVzdHMtb25seSE=";
    /** Stands in a configuration for the address of the service that is configured. */
    public static final String OWN_ADDRESS = "{own-address}";
    private static final Duration START = Duration.ofMinutes(3);

    private final Map<String, String> config;
    private final List<String> options;
    private final Path log;
    private final Path gcLog;
    private final int port = JavaProcess.freePort();
    private JavaProcess process;

    private ServiceProcess(String name, Map<String, String> config, List<String> options) {
        this.config = config;
        this.options = options;
        this.log = JavaProcess.freshFile(name + ".log");
        this.gcLog = JavaProcess.freshFile(name + "-gc.log");
    }

    /** Where the packaged application lies. */
    public static Path application() {
        return JavaProcess.build().resolve("quarkus-app");
    }

    /** The native binary; empty where the service runs in a JVM. */
    public static Optional<Path> binary() {
        return Optional.ofNullable(System.getProperty("tillbridge.native.binary")).map(Path::of);
    }

    /** The configuration of a service between a database on the same machine and a sandbox. */
    public static Map<String, String> config(String jdbcUrl, SandboxProcess sandbox) {
        return config(database(jdbcUrl), sandbox);
    }

    /** The same, between a test's database, by TLS as in production, and a sandbox. */
    public static Map<String, String> configWithTls(String jdbcUrl, SandboxProcess sandbox) {
        return config(databaseWithTls(jdbcUrl), sandbox);
    }

    private static Map<String, String> config(Map<String, String> database, SandboxProcess sandbox) {
        Map<String, String> config = new LinkedHashMap<>(database);
        config.put("tillbridge.clover.url.us", sandbox.cloverUrl());
        config.put("tillbridge.shopify.url", sandbox.shopifyUrl());
        config.put("tillbridge.allow.vendor-urls", "true");
        config.put("tillbridge.access.bootstrap-key", ADMIN_KEY);
        config.put("tillbridge.access.encryption-key", "test:" + ENCRYPTION_KEY);
        return config;
    }

    private static Map<String, String> database(String jdbcUrl) {
        Map<String, String> config = plainDatabase(jdbcUrl);
        config.put("tillbridge.allow.database-without-tls", "true");
        return config;
    }

    /** What reaches a test's database without TLS, and is not allowed to. */
    public static Map<String, String> plainDatabase(String jdbcUrl) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("quarkus.datasource.username", EmbeddedDatabase.USER);
        config.put("quarkus.datasource.password", EmbeddedDatabase.PASSWORD);
        config.put("quarkus.datasource.jdbc.url", jdbcUrl);
        config.put("quarkus.datasource.reactive.url", jdbcUrl.substring("jdbc:".length()));
        return config;
    }

    /** What reaches {@link SandboxResource#freshDatabase()} by TLS; its certificate is checked, and the name in it. */
    public static Map<String, String> databaseWithTls(String jdbcUrl) {
        String certificate = TestCertificate.certificate().toString();
        Map<String, String> config = plainDatabase(jdbcUrl + "?sslmode=verify-full&sslrootcert=" + certificate);
        config.put("quarkus.datasource.reactive.url", jdbcUrl.substring("jdbc:".length()));
        config.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
        config.put("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
        config.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
        config.put("quarkus.datasource.reactive.trust-certificate-pem.certs", certificate);
        return config;
    }

    /**
     * Begins to start it.
     *
     * @param name of its log files
     * @param options of the JVM, such as {@code -Xmx256m}; a native binary takes those of its heap
     */
    public static ServiceProcess begin(String name, Map<String, String> config, String... options) {
        ServiceProcess service = new ServiceProcess(name, config, List.of(options));
        service.launch();
        return service;
    }

    /** Starts it and waits until it is ready. */
    public static ServiceProcess start(String name, Map<String, String> config, String... options) {
        ServiceProcess service = begin(name, config, options);
        service.awaitReady();
        return service;
    }

    /** Starts it again, on the same port and with the same configuration; it must have ended. */
    public void restart() {
        launch();
        awaitReady();
    }

    private void launch() {
        List<String> settings = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        config.forEach((key, value) -> settings.add("-D" + key + "=" + value.replace(OWN_ADDRESS, base())));
        process = binary().map(binary -> launch(binary, settings)).orElseGet(() -> launchJava(settings));
    }

    private JavaProcess launch(Path binary, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        options.stream().filter(option -> option.startsWith("-Xm")).forEach(command::add);
        command.addAll(settings);
        return JavaProcess.startCommand(log, command);
    }

    private JavaProcess launchJava(List<String> settings) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-Xlog:gc:file=" + gcLog);
        arguments.addAll(settings);
        arguments.add("-jar");
        arguments.add(application().resolve("quarkus-run.jar").toString());
        return JavaProcess.start(log, arguments);
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        JsonClient health = new JsonClient(base(), null);
        process.await("The service", START, () -> {
            try {
                return health.send("GET", "/q/health/ready", null).status() == 200;
            } catch (IOException notYet) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    public String base() {
        return "http://localhost:" + port;
    }

    /** Its REST API, with the bootstrap key. */
    public ServiceApi api() {
        return new ServiceApi(new JsonClient(base(), ADMIN_KEY));
    }

    public long pid() {
        return process.pid();
    }

    /** All it printed so far, over all its lives. */
    public String printed() {
        return process.printed();
    }

    /** What its heap needed since its last start. */
    public HeapPeak heapPeak() throws IOException {
        return HeapPeak.of(Files.readAllLines(gcLog));
    }

    /** Waits until it ends by itself. */
    public int exitCode(Duration longest) {
        return process.exitCode(longest);
    }

    /** {@code kill -9}. */
    public void kill() {
        process.kill();
    }

    /** {@code kill -STOP}: it stands still, its connections stay open, and its clocks go on. */
    public void pause() {
        process.signal("STOP");
    }

    /** {@code kill -CONT}. */
    public void resume() {
        process.signal("CONT");
    }

    public boolean alive() {
        return process.alive();
    }

    /** Begins to end it in order and does not wait. */
    public void terminate() {
        process.signal("TERM");
    }

    /** As {@link #restart}, without waiting until it is ready. */
    public void relaunch() {
        launch();
    }

    /** Ends it in order. */
    @Override
    public void close() {
        process.stop();
    }
}
