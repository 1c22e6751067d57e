package dev.tillbridge.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.sandbox.Sandbox;
import dev.tillbridge.sandbox.SandboxOptions;

/**
 * Points a {@code @QuarkusTest} ({@code @QuarkusTestResource(SandboxResource.class)}) at an embedded PostgreSQL and a sandbox.
 * Both are shared by all tests of the JVM; each start of the application gets an empty database and an empty sandbox, whose
 * rate limits are off (a test of them turns them on).
 */
public final class SandboxResource implements QuarkusTestResourceLifecycleManager {

    public static final String BOOTSTRAP_KEY = "test-bootstrap-key-0123456789abcdef";
    public static final String MERCHANT = "3D19QN31ANYR5";
    public static final String CLOVER_TOKEN = "demo-clover-token";
    public static final String SHOP = "tillbridge-demo.myshopify.com";
    private static final String DATABASE_PORT = "tillbridge.testing.database-port";

    /** The running sandbox; it is started if it is not. */
    public static Sandbox sandbox() {
        return Shared.SANDBOX;
    }

    /** An empty database of its own, for a test without Quarkus: its JDBC URL; user and password {@code postgres}. */
    public static String freshDatabase() {
        String name = "tillbridge_" + UUID.randomUUID().toString().replace("-", "");
        int port = databasePort();
        EmbeddedDatabase.create(port, name);
        return EmbeddedDatabase.jdbcUrl(port, name);
    }

    @Override
    public Map<String, String> start() {
        Sandbox sandbox = sandbox();
        sandbox.reset();
        String jdbc = freshDatabase();
        Map<String, String> config = new LinkedHashMap<>();
        config.put("quarkus.datasource.username", EmbeddedDatabase.USER);
        config.put("quarkus.datasource.password", EmbeddedDatabase.PASSWORD);
        config.put("quarkus.datasource.jdbc.url", jdbc);
        config.put("quarkus.datasource.reactive.url", jdbc.substring("jdbc:".length()));
        config.put("tillbridge.clover.url.us", sandbox.cloverUrl());
        config.put("tillbridge.clover.url.sandbox", sandbox.cloverUrl());
        config.put("tillbridge.clover.url.eu", sandbox.cloverUrl() + "/eu");
        config.put("tillbridge.clover.url.la", sandbox.cloverUrl() + "/la");
        if (sandbox.sides().contains(Sandbox.SHOPIFY)) {
            config.put("tillbridge.shopify.url", sandbox.shopifyUrl());
        }
        config.put("tillbridge.access.bootstrap-key", BOOTSTRAP_KEY);
        return config;
    }

    /** Nothing: the next class takes the same servers, and both end with the JVM. */
    @Override
    public void stop() {}

    /**
     * One PostgreSQL for the whole JVM. Quarkus loads this class anew for each configuration of the application, so a static
     * field would start one each; what is known to the JVM alone are its properties.
     */
    private static int databasePort() {
        synchronized (Runtime.getRuntime()) {
            String port = System.getProperty(DATABASE_PORT);
            if (port == null) {
                EmbeddedDatabase database = EmbeddedDatabase.startWithTls(0, TestCertificate.certificate(),
                        TestCertificate.key());
                Runtime.getRuntime().addShutdownHook(new Thread(database::close, "database-shutdown"));
                port = String.valueOf(database.port());
                System.setProperty(DATABASE_PORT, port);
            }
            return Integer.parseInt(port);
        }
    }

    /** Started on first use; ends with the JVM. */
    private static final class Shared {
        static final Sandbox SANDBOX = Sandbox.start(SandboxOptions.onFreePorts().withLimits(false, false));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SANDBOX::close, "sandbox-shutdown"));
        }
    }
}
