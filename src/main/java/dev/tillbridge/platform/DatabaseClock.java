package dev.tillbridge.platform;

import java.time.Instant;
import java.time.OffsetDateTime;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** PostgreSQL's time: the one clock all replicas agree on. Readings of the vendors are stamped with it before they are asked for. */
@ApplicationScoped
public class DatabaseClock {

    private final Pool pool;

    DatabaseClock(Pool pool) {
        this.pool = pool;
    }

    public Uni<Instant> now() {
        return pool.query("select clock_timestamp()").execute()
                .map(rows -> rows.iterator().next().get(OffsetDateTime.class, 0).toInstant());
    }
}
