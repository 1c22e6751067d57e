package dev.tillbridge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.StoreDemand;
import dev.tillbridge.channel.WebhookDelivery;
import dev.tillbridge.platform.SqlTime;

/** What shops' platforms demand, and what was done about it. Both outlive the store. */
@ApplicationScoped
class Demands {

    private static final String TAKE = """
            insert into webhook_demand (id, shop_domain, kind, event, customer_id, order_ids, triggered_at)
            values (gen_random_uuid(), $1, $2, $3, $4, $5, $6)
            on conflict (shop_domain, kind, event) do nothing
            """;

    /** Whoever claims one has time to act; another replica comes after that. */
    private static final String CLAIM = """
            update webhook_demand d set act_at = clock_timestamp() + interval '5 minutes', attempts = d.attempts + 1
            from (select id from webhook_demand where act_at <= clock_timestamp() order by act_at, id
                  for update skip locked limit 10) due
            where d.id = due.id
            returning d.*
            """;

    private static final String LIST = """
            select d.*, (select coalesce(jsonb_agg(jsonb_build_object('at', to_jsonb(s.at), 'outcome', s.outcome, 'detail', s.detail)
                                                   order by s.id), '[]')
                         from webhook_demand_step s where s.demand_id = d.id) as steps
            from webhook_demand d order by d.received_at desc, d.id limit 500
            """;

    private static final String STEP = "insert into webhook_demand_step (demand_id, outcome, detail) values ($1, $2, $3)";

    private static final String POSTPONED_STEP = """
            insert into webhook_demand_step (demand_id, outcome, detail)
            select $1::uuid, $2::text, $3::text where not exists (
              select from (select * from webhook_demand_step where demand_id = $1 order by id desc limit 1) last
              where last.outcome = $2 and last.detail = $3)
            """;

    private static final String POSTPONE = """
            update webhook_demand set act_at = clock_timestamp() + $2 * interval '1 millisecond',
              waits_since = case when $3::boolean then coalesce(waits_since, clock_timestamp()) end
            where id = $1
            """;

    private static final String ANSWERED = """
            update webhook_demand set waits_since = null where id = $1 and kind = 'DATA_REQUEST' and waits_since is not null
            """;

    private final Pool pool;

    Demands(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param triggeredAt by the store's clock; null where it was not said
     * @param open whether it is still to be acted upon
     * @param waitsSince since when it waits for a person; null where it does not
     */
    record Demand(UUID id, String shopDomain, StoreDemand what, Instant triggeredAt, Instant receivedAt, boolean open,
            int attempts, Instant waitsSince) {

        Instant at() {
            return triggeredAt == null ? receivedAt : triggeredAt;
        }
    }

    /** What was done, as it stands in the record. */
    enum Outcome {
        DONE,
        NOTHING_HELD,
        IGNORED,
        FAILED,
        /** It cannot be ended yet, or not without a person. */
        WAITING,
        /** A person said so. */
        ANSWERED
    }

    Uni<Void> take(WebhookDelivery delivery, StoreDemand demand) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(delivery.shopDomain(), demand.kind().name(), delivery.eventId(), demand.customerId())
                        .addArrayOfString(demand.orderIds().toArray(String[]::new))
                        .addOffsetDateTime(SqlTime.of(delivery.triggeredAt())))
                .ifNoItem().after(Inbox.LONGEST).failWith(() -> Inbox.late("storing a demand"))
                .replaceWithVoid();
    }

    Uni<List<Demand>> claim() {
        return pool.preparedQuery(CLAIM).execute().map(rows -> rows.stream().map(Demands::demand).toList());
    }

    Uni<Void> done(SqlClient connection, Demand demand, Outcome outcome, String detail) {
        return connection.preparedQuery(STEP).execute(Tuple.of(demand.id(), outcome.name(), detail))
                .chain(() -> connection
                        .preparedQuery("update webhook_demand set act_at = null, waits_since = null where id = $1")
                        .execute(Tuple.of(demand.id())))
                .replaceWithVoid();
    }

    /** Nothing is left to do here, and a person has to say that they have done the rest. */
    Uni<Void> waits(SqlClient connection, Demand demand, String detail) {
        return connection.preparedQuery(STEP).execute(Tuple.of(demand.id(), Outcome.WAITING.name(), detail))
                .chain(() -> connection.preparedQuery(
                        "update webhook_demand set act_at = null, waits_since = clock_timestamp() where id = $1")
                        .execute(Tuple.of(demand.id())))
                .replaceWithVoid();
    }

    /**
     * It is looked at again later. What is the same as last time is told once.
     *
     * @param forPerson whether a person can end the waiting
     */
    Uni<Void> postponed(SqlClient connection, Demand demand, String detail, Duration again, boolean forPerson) {
        return connection.preparedQuery(POSTPONED_STEP).execute(Tuple.of(demand.id(), Outcome.WAITING.name(), detail))
                .chain(() -> connection.preparedQuery(POSTPONE)
                        .execute(Tuple.of(demand.id(), again.toMillis(), forPerson)))
                .replaceWithVoid();
    }

    /** A person has answered the customer; false where no data request of this id waits for that. */
    Uni<Boolean> answered(UUID id, String by) {
        return pool.withTransaction(connection -> connection.preparedQuery(ANSWERED).execute(Tuple.of(id))
                .map(rows -> rows.rowCount() > 0)
                .call(waited -> waited
                        ? connection.preparedQuery(STEP).execute(Tuple.of(id, Outcome.ANSWERED.name(), "So says " + by))
                        : Uni.createFrom().voidItem()));
    }

    /** How many wait for a person. */
    Uni<Long> waiting() {
        return pool.query("select count(*) from webhook_demand where waits_since is not null").execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Void> failed(Demand demand, String detail, Duration again) {
        return pool.withTransaction(connection -> connection.preparedQuery(STEP)
                .execute(Tuple.of(demand.id(), Outcome.FAILED.name(), detail))
                .chain(() -> connection
                        .preparedQuery(
                                "update webhook_demand set act_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1")
                        .execute(Tuple.of(demand.id(), again.toMillis()))))
                .replaceWithVoid();
    }

    /** The latest 500, newest first. */
    Uni<List<DemandView>> list() {
        return pool.preparedQuery(LIST).execute()
                .map(rows -> rows.stream().map(row -> DemandView.of(demand(row), row.getJsonArray("steps"))).toList());
    }

    private static Demand demand(Row row) {
        return new Demand(row.getUUID("id"), row.getString("shop_domain"),
                new StoreDemand(StoreDemand.Kind.valueOf(row.getString("kind")), row.getString("customer_id"),
                        List.of(row.getArrayOfStrings("order_ids"))),
                SqlTime.instant(row, "triggered_at"), SqlTime.instant(row, "received_at"),
                row.getOffsetDateTime("act_at") != null, row.getInteger("attempts"),
                SqlTime.instant(row, "waits_since"));
    }
}
