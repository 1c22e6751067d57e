package dev.tillbridge.access;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a key may do. Each role may also do what those before it may. */
public enum Role {
    /** Looks at everything but keys. */
    VIEWER(Roles.VIEWER),
    /** Runs things: pause, resume, settings, links, recounts. */
    OPERATOR(Roles.OPERATOR),
    /** Connects and disconnects, and makes keys. */
    ADMIN(Roles.ADMIN);

    private final String text;

    Role(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    /** This role and those it includes, as texts. */
    Set<String> included() {
        return Stream.of(values()).filter(role -> role.compareTo(this) <= 0).map(Role::text)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException where there is no such role */
    @JsonCreator
    public static Role of(String text) {
        return Stream.of(values()).filter(role -> role.text.equals(text.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A role is one of viewer, operator, admin"));
    }
}
