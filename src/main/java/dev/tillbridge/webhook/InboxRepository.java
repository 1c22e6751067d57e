package dev.tillbridge.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.WebhookConfig;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/** The open hints, as the engine works them off. They are taken by nobody: whoever holds the store's lease is alone with them. */
@ApplicationScoped
public class InboxRepository {

    /**
     * Rows that still gather or rest are answered too, so that whoever asks knows when to come again. Of those that are due products
     * come last: a flood of them holds up no stock.
     */
    private static final String OPEN = """
            select kind, resource_id, version, attempts, greatest(0, ceil(1000 * extract(epoch from ready_at - clock_timestamp())))::bigint as wait
            from (
              select *, greatest(retry_at, case when kind = 'ITEM' then first_at + $3 * interval '1 millisecond' else first_at end)
                as ready_at
              from webhook_inbox where owner_id = $1 and kind = any ($4)) i
            order by case when ready_at > clock_timestamp() then 2 when kind in ('PRODUCT', 'INVENTORY_ITEM') then 1 else 0 end,
              ready_at, resource_id limit $2
            """;

    private static final String DONE = """
            delete from webhook_inbox i using unnest($2::text[], $3::text[], $4::bigint[]) as t (kind, resource_id, version)
            where i.owner_id = $1 and i.kind = t.kind and i.resource_id = t.resource_id and i.version = t.version
            returning i.kind, extract(epoch from clock_timestamp() - i.first_at)::double precision as lag
            """;

    private static final String LATER = """
            update webhook_inbox i set attempts = i.attempts + 1, last_error = $6,
              retry_at = clock_timestamp() + least($5::bigint, $4::bigint * power(2, least(i.attempts, 30))) * interval '1 millisecond'
            from unnest($2::text[], $3::text[]) as t (kind, resource_id)
            where i.owner_id = $1 and i.kind = t.kind and i.resource_id = t.resource_id
            """;

    private final Pool pool;
    private final FencedTransactions transactions;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;

    InboxRepository(Pool pool, FencedTransactions transactions, WebhookConfig config, WebhookMetrics metrics) {
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * An open hint.
     *
     * @param version of the row: where another delivery made it another meanwhile, it stays
     * @param attempts how often it could not be read
     * @param dueIn how long until it is due: hints of its kind gather, or it could not be read before; zero where it is due
     */
    public record Open(WebhookHint hint, long version, int attempts, Duration dueIn) {

        public boolean due() {
            return dueIn.isZero();
        }
    }

    /** The hints of the store or channel, those that are due soonest first. */
    public Uni<List<Open>> open(UUID ownerId, int limit) {
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(ownerId, limit, config.itemGather().toMillis())
                        .addArrayOfString(Arrays.stream(WebhookHint.Kind.values()).map(Enum::name).toArray(String[]::new)))
                .map(rows -> rows.stream().map(row -> new Open(
                        new WebhookHint(WebhookHint.Kind.valueOf(row.getString("kind")), row.getString("resource_id")),
                        row.getLong("version"), row.getInteger("attempts"), Duration.ofMillis(row.getLong("wait")))).toList());
    }

    /** What these hinted at was read and stored. */
    public Uni<Void> done(Fence fence, UUID ownerId, Collection<Open> hints) {
        return transactions.write(fence, connection -> connection.preparedQuery(DONE)
                .execute(hints(ownerId, hints)
                        .addArrayOfLong(hints.stream().map(Open::version).toArray(Long[]::new))))
                .invoke(this::measure).replaceWithVoid();
    }

    /** It could not be; it is tried again. */
    public Uni<Void> later(Fence fence, UUID ownerId, Collection<Open> hints, String error) {
        return transactions.write(fence, connection -> connection.preparedQuery(LATER)
                .execute(hints(ownerId, hints).addLong(config.firstRetry().toMillis()).addLong(config.longestRetry().toMillis())
                        .addString(error)))
                .replaceWithVoid();
    }

    private static Tuple hints(UUID ownerId, Collection<Open> hints) {
        return Tuple.of(ownerId)
                .addArrayOfString(hints.stream().map(open -> open.hint().kind().name()).toArray(String[]::new))
                .addArrayOfString(hints.stream().map(open -> open.hint().resourceId()).toArray(String[]::new));
    }

    private void measure(RowSet<Row> rows) {
        rows.forEach(row -> metrics.workedOff(WebhookHint.Kind.valueOf(row.getString("kind")),
                Duration.ofMillis(Math.max(0, Math.round(row.getDouble("lag") * 1000)))));
    }
}
