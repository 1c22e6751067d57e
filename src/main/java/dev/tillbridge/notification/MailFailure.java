package dev.tillbridge.notification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Why a mail could not be sent, as it may be stored and logged: a mail server may repeat what it was sent. */
@ApplicationScoped
class MailFailure {

    private static final int LONGEST = 500;

    private final List<String> secrets;

    MailFailure(@ConfigProperty(name = "quarkus.mailer.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.mailer.password") Optional<String> password) {
        secrets = secrets(username.orElse(""), password.orElse(""));
    }

    /** One line without credentials. */
    String describe(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return PlainText.line(text, LONGEST);
    }

    /** As they are, and as SMTP sends them (RFC 4954). */
    private static List<String> secrets(String username, String password) {
        List<String> secrets = new ArrayList<>();
        if (!password.isEmpty()) {
            secrets.add(base64("\0" + username + "\0" + password));
            secrets.add(base64(password));
            secrets.add(password);
        }
        return List.copyOf(secrets);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
