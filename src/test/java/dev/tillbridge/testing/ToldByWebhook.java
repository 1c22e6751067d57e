package dev.tillbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** As {@link LongPolls}, at a port that the sandbox's vendors can be told beforehand. */
public final class ToldByWebhook implements QuarkusTestProfile {

    /** Quarkus makes one of these anew in a class loader of its own; what both know is the JVM's. */
    private static final String PORT = "tillbridge.testing.webhook-port";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new LongPolls().getConfigOverrides());
        config.put("quarkus.http.test-port", String.valueOf(port()));
        config.put("tillbridge.webhook.public-url", url());
        return config;
    }

    /** Where the sandbox reaches the service. */
    public static String url() {
        return "http://localhost:" + port();
    }

    private static synchronized int port() {
        String known = System.getProperty(PORT);
        if (known == null) {
            try (ServerSocket free = new ServerSocket(0)) {
                known = String.valueOf(free.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            System.setProperty(PORT, known);
        }
        return Integer.parseInt(known);
    }
}
