package dev.tillbridge.platform;

import java.util.Optional;

/** A reason for which the service may refuse to start in production. Each feature brings its own; {@link StartChecks} asks all of them. */
public interface StartCheck {

    /** What is wrong, and what to do, on one line and without any secret; empty where nothing is. */
    Optional<String> fault();

    /** Whether it is also asked in a process that only migrates the database and ends: that one is given no keys. */
    default boolean concernsMigrations() {
        return false;
    }
}
