package dev.tillbridge.soak;

import java.util.Map;

import dev.tillbridge.testing.Replicas;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceDatabase;
import dev.tillbridge.testing.ServiceProcess;

/** The processes of a soak: vendors, database, replicas. They stay for all seeds, so that what leaks adds up. */
record SoakWorld(SandboxProcess sandbox, ServiceDatabase database, Replicas replicas, WriteAudit audit)
        implements
            AutoCloseable {

    static SoakWorld start(String name, SoakScale scale) {
        return start(name, scale, Map.of());
    }

    /**
     * @param name of its files: two worlds at once must not read each other's
     * @param more configuration of the service
     */
    static SoakWorld start(String name, SoakScale scale, Map<String, String> more) {
        SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Dsandbox.clover-limits=false",
                "-Dsandbox.shopify-limits=false", "-Dsandbox.search-lag=PT0.5S", "-Dsandbox.local-webhooks=true",
                "-Dsandbox.webhook-retry-span=PT20S");
        try {
            String jdbc = SandboxResource.freshDatabase();
            Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
            config.put("tillbridge.shopify.url", sandbox.shopifyUrl() + "/{shop}");
            config.putAll(scale.config());
            config.putAll(more);
            Replicas replicas = Replicas.start(name, scale.replicas(), config, scale::options);
            ServiceDatabase database = new ServiceDatabase(jdbc);
            return new SoakWorld(sandbox, database, replicas, WriteAudit.install(database));
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    @Override
    public void close() {
        replicas.close();
        sandbox.close();
    }
}
