package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.net.JksOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.net.NetServer;

/** The date on the certificate that others see, also where it is of no known authority or over already. */
class AddressCertificateTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        VERTX.closeAndAwait();
    }

    @Test
    void itTellsWhenTheCertificateExpires() throws Exception {
        NetServer server = server("-0d", 30);
        assertThat(Instant.ofEpochSecond((long) told("https://localhost:" + server.actualPort() + "/shop")))
                .isBetween(Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
        server.closeAndAwait();
        assertThat(told("https://localhost:" + server.actualPort())).as("nobody answers").isNaN();
    }

    @Test
    void anExpiredOneIsSeenToo() throws Exception {
        NetServer server = server("-10d", 3);
        assertThat(Instant.ofEpochSecond((long) told("https://localhost:" + server.actualPort())))
                .isBetween(Instant.now().minus(Duration.ofDays(8)), Instant.now().minus(Duration.ofDays(6)));
        server.closeAndAwait();
    }

    @Test
    void withoutAnHttpsAddressThereIsNone() {
        assertThat(told("http://localhost:1")).isNaN();
    }

    private double told(String url) {
        registry.clear();
        var config = new SmallRyeConfigBuilder().withMapping(NotificationConfig.class).withSources(
                new PropertiesConfigSource(Map.of("tillbridge.notification.public-url", url), "test", 100)).build()
                .getConfigMapping(NotificationConfig.class);
        new AddressCertificate(VERTX, config, registry).look().await().atMost(PATIENCE);
        return registry.get("tillbridge.certificate.expires.timestamp").gauge().value();
    }

    /** A TLS server with a certificate of its own, valid from then for so many days. */
    private NetServer server(String from, int days) throws Exception {
        String store = directory.resolve("store.jks").toString();
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg", "EC", "-alias", "server", "-dname", "CN=localhost", "-startdate", from, "-validity",
                String.valueOf(days), "-keystore", store, "-storetype", "JKS", "-storepass", "secret", "-keypass", "secret")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(keytool.waitFor()).isZero();
        var options = new NetServerOptions().setSsl(true)
                .setKeyCertOptions(new JksOptions().setPath(store).setPassword("secret"));
        return VERTX.createNetServer(options).connectHandler(socket -> {
        }).listenAndAwait(0, "localhost");
    }
}
