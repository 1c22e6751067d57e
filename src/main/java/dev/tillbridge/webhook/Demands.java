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

    private final Pool pool;

    Demands(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param triggeredAt by the store's clock; null where it was not said
     * @param open whether it is still to be acted upon
     */
    record Demand(UUID id, String shopDomain, StoreDemand what, Instant triggeredAt, Instant receivedAt, boolean open,
            int attempts) {}

    /** What was done, as it stands in the record. */
    enum Outcome {
        DONE,
        NOTHING_HELD,
        IGNORED,
        FAILED
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
                .chain(() -> connection.preparedQuery("update webhook_demand set act_at = null where id = $1")
                        .execute(Tuple.of(demand.id())))
                .replaceWithVoid();
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
                row.getOffsetDateTime("act_at") != null, row.getInteger("attempts"));
    }
}
