package dev.tillbridge.platform;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Ends the start in production where a {@link StartCheck} finds a fault: before the first migration, and before anything is
 * read, called or answered. All faults are told at once, each on a line of its own.
 */
@ApplicationScoped
class StartChecks {

    private static final Logger LOG = Logger.getLogger(StartChecks.class);
    private static final int FIRST = 1;

    private final List<StartCheck> checks;
    private final LaunchMode mode;
    private final boolean migratesOnly;

    StartChecks(@All List<StartCheck> checks, LaunchMode mode,
            @ConfigProperty(name = "quarkus.init-and-exit", defaultValue = "false") boolean migratesOnly) {
        this.checks = checks;
        this.mode = mode;
        this.migratesOnly = migratesOnly;
    }

    void start(@Observes @Priority(FIRST) StartupEvent event) {
        require();
    }

    /** @throws ConfigurationException where something is wrong; Quarkus then prints its message and ends the process with status 1 */
    void require() {
        if (mode != LaunchMode.NORMAL) {
            return;
        }
        var faults = checks.stream().filter(check -> !migratesOnly || check.concernsMigrations())
                .flatMap(check -> check.fault().stream()).sorted().toList();
        if (!faults.isEmpty()) {
            faults.forEach(LOG::fatal);
            throw new ConfigurationException("Tillbridge does not start: " + String.join(" ", faults));
        }
    }
}
