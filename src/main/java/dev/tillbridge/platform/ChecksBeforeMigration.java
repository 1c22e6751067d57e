package dev.tillbridge.platform;

import jakarta.enterprise.context.ApplicationScoped;

import org.flywaydb.core.api.configuration.FluentConfiguration;

import io.quarkus.flyway.FlywayConfigurationCustomizer;

/** Flyway runs before the application is told that it starts: with a fault it must not even send its password. */
@ApplicationScoped
class ChecksBeforeMigration implements FlywayConfigurationCustomizer {

    private final StartChecks checks;

    ChecksBeforeMigration(StartChecks checks) {
        this.checks = checks;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        checks.require();
    }
}
