package dev.tillbridge.platform;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Ready means: PostgreSQL answers, and its migrations are done. Without it no request and no pass can do anything. */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);
    private static final String NAME = "database and migrations";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String VERSION = """
                                          select coalesce(bool_and(success), false) done, (array_agg(version order by installed_rank desc))[1] version
                                            from flyway_schema_history
                                          """;

    private final Pool pool;

    DatabaseReadiness(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query(VERSION).execute().ifNoItem().after(PATIENCE).fail().map(rows -> {
            var row = rows.iterator().next();
            return HealthCheckResponse.named(NAME).status(row.getBoolean("done"))
                    .withData("schemaVersion", String.valueOf(row.getString("version"))).build();
        }).onFailure().recoverWithItem(failure -> {
            LOG.warnf("Not ready: the database does not answer: %s", failure.getMessage());
            return HealthCheckResponse.named(NAME).down().withData("reason", "the database does not answer").build();
        });
    }
}
