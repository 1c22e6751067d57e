package dev.tillbridge.platform;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * What PostgreSQL's planner knows of the tables. Autovacuum looks at a table that was just filled a minute later at the
 * earliest. Until then the planner takes it for empty or, where it knows the rows of other stores and channels only, for
 * one that has none of this one's; and joins thousands of rows with thousands row by row. So statistics are renewed as soon
 * as the rows are there, before the first statement that joins them.
 */
@ApplicationScoped
public class PlannerStatistics {

    private static final Logger LOG = Logger.getLogger(PlannerStatistics.class);
    /** Fewer rows than this are joined fast enough by any plan, also where a list joins four tables of them. */
    private static final long WORTHWHILE = 50;

    private final Pool pool;

    PlannerStatistics(Pool pool) {
        this.pool = pool;
    }

    /**
     * Renews the statistics of tables if many rows changed; a sample is read, however large they are. Never fails: without
     * it, all is slower.
     */
    public Uni<Void> renew(long changed, String... tables) {
        if (changed < WORTHWHILE) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom().items(tables)
                .onItem().transformToUniAndConcatenate(table -> pool.query("analyze " + table).execute())
                .collect().last().replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("Statistics were not renewed: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }
}
