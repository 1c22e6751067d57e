package dev.tillbridge.sync;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

/**
 * What stands in the database and is told as a figure: the same on every replica, in one statement that looks up a few index
 * entries per channel.
 */
@ApplicationScoped
class StandingFigures {

    private static final String READ = """
            select (select count(*) from store_lease d join store s on s.id = d.store_id
                     where""" + " " + LeaseRepository.CLAIMABLE + """
                   ) stores_waiting,
                   h.sales_held, h.held_since_seconds,
                   (select count(*) from store where status = 'UNAUTHORIZED') stores_refused,
                   (select count(*) from channel where status = 'UNAUTHORIZED') channels_refused
            from (
              select coalesce(sum(s.held), 0) sales_held,
                     coalesce(extract(epoch from clock_timestamp() - min(s.since)), 0) held_since_seconds
              from channel c cross join lateral (
                select count(*) held, min(changed_at) since from sale where channel_id = c.id and status = 'HELD'
              ) s
            ) h
            """;

    private final Pool pool;

    StandingFigures(Pool pool) {
        this.pool = pool;
    }

    Uni<Figures> read() {
        return pool.query(READ).execute().map(rows -> figures(rows.iterator().next()));
    }

    private static Figures figures(Row row) {
        return new Figures(row.getLong("stores_waiting"), row.getLong("sales_held"), row.getDouble("held_since_seconds"),
                row.getLong("stores_refused"), row.getLong("channels_refused"));
    }

    /**
     * @param storesWaiting stores that are due and worked on by no replica
     * @param salesHeld sales of connected channels that wait for a person
     * @param heldSinceSeconds how long ago the one that waits longest changed last; 0 where none waits
     * @param storesRefused stores whose credentials Shopify does not accept any more
     * @param channelsRefused channels whose token the till does not accept any more
     */
    record Figures(double storesWaiting, double salesHeld, double heldSinceSeconds, double storesRefused,
            double channelsRefused) {

        /** Not read: a figure from before would be taken for the present. */
        static final Figures UNKNOWN = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
