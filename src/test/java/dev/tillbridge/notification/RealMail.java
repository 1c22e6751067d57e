package dev.tillbridge.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Mail goes to a real server, at a port where a test starts one, and is looked for every second. */
public final class RealMail implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.mailer.mock", "false", "quarkus.mailer.host", "localhost",
                "quarkus.mailer.port", String.valueOf(freePort()), "quarkus.mailer.from", "tillbridge@example.com",
                "tillbridge.notification.look-every", "PT1S", "tillbridge.notification.collect-for", "PT0S",
                "tillbridge.notification.most-mails-per-day", "3",
                "tillbridge.notification.public-url", "https://tillbridge.example.com", "tillbridge.sync.enabled", "false");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
