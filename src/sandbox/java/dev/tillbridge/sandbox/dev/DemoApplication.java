package dev.tillbridge.sandbox.dev;

import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.sandbox.Sandbox;

/** Runs once the service is ready; stops PostgreSQL and sandbox with it. */
public final class DemoApplication implements QuarkusApplication {

    private static final AtomicReference<Servers> SERVERS = new AtomicReference<>();

    /** Quarkus makes the application, hence the hand-over outside of it. */
    static void with(Sandbox sandbox, EmbeddedDatabase database) {
        SERVERS.set(new Servers(sandbox, database));
    }

    @Override
    public int run(String... args) {
        Servers servers = SERVERS.get();
        String service = "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        String key = ConfigProvider.getConfig().getValue("tillbridge.access.bootstrap-key", String.class);
        Thread demo = new Thread(new Demo(servers.sandbox(), new ServiceClient(service, key)), "demo");
        demo.setDaemon(true);
        demo.start();
        Quarkus.waitForExit();
        demo.interrupt();
        servers.sandbox().close();
        servers.database().close();
        return 0;
    }

    private record Servers(Sandbox sandbox, EmbeddedDatabase database) {}
}
