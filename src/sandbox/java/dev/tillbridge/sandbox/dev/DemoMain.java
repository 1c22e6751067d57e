package dev.tillbridge.sandbox.dev;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.sandbox.Sandbox;
import dev.tillbridge.sandbox.SandboxOptions;
import dev.tillbridge.sandbox.catalog.CatalogSeed;

/**
 * Starts PostgreSQL and sandbox, points the service at them, starts it, and lets {@link Demo} connect a store and a till. What
 * is set already, by a system property, stays.
 */
@QuarkusMain
public final class DemoMain {

    public static final String BOOTSTRAP_KEY = "demo-key-for-this-machine-only-0123456789";
    /** 1,000 linked variants that are tracked; the rest shows what does not link, and what is left alone. */
    static final CatalogSeed CATALOGUE = new CatalogSeed(1, 1_060, 20, 20, 20, 10, 0, 0, 30, 5, 2);

    public static void main(String[] args) {
        Sandbox sandbox = Sandbox.start(SandboxOptions.fromEnvironment());
        EmbeddedDatabase database = EmbeddedDatabase.startForDemo();
        sandbox.seed(CATALOGUE);
        unlessSet("quarkus.datasource.username", EmbeddedDatabase.USER);
        unlessSet("quarkus.datasource.password", EmbeddedDatabase.PASSWORD);
        // Always: the port may be another one than before a restart.
        System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
        System.setProperty("quarkus.datasource.reactive.url", database.jdbcUrl().substring("jdbc:".length()));
        unlessSet("tillbridge.clover.url.us", sandbox.cloverUrl());
        unlessSet("tillbridge.clover.url.sandbox", sandbox.cloverUrl());
        unlessSet("tillbridge.clover.url.eu", sandbox.cloverUrl() + "/eu");
        unlessSet("tillbridge.clover.url.la", sandbox.cloverUrl() + "/la");
        unlessSet("tillbridge.shopify.url", sandbox.shopifyUrl());
        unlessSet("tillbridge.access.bootstrap-key", BOOTSTRAP_KEY);
        // Who tries the demo changes something and looks: no backing off.
        unlessSet("tillbridge.sync.stock-poll", "PT5S");
        unlessSet("tillbridge.sync.quiet-poll", "PT5S");
        DemoApplication.with(sandbox, database);
        Quarkus.run(DemoApplication.class, args);
    }

    private static void unlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
