package dev.tillbridge.price;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** The rows of {@code till_price}, and which prices are due. */
@ApplicationScoped
class PriceRepository {

    /**
     * Materialized, because all is looked at where little is due: with the limit in view the planner would go from row to row.
     * A price that held for a day starts anew when the till shows another.
     */
    private static final String DUE = """
                                      with differs as materialized (
                                        select t.variant_id, t.item_id, t.store_price, t.channel_price, t.target from link_price t
                                        where t.channel_id = $1 and t.item_id > $2 and t.left_alone is null and t.target is distinct from t.channel_price)
                                      select d.*, case when p.sent = d.target
                                          and not (p.outcome = 'CONFIRMED' and p.sent_at < clock_timestamp() - interval '1 day')
                                        then p.times else 0 end as times
                                      from differs d
                                      left join till_price p on p.channel_id = $1 and p.item_id = d.item_id
                                      where p.item_id is null or p.sent <> d.target or p.retry_at <= clock_timestamp()
                                      order by d.item_id limit $3
                                      """;

    private static final String SAVE = """
                                       insert into till_price (channel_id, item_id, sent, sent_at, outcome, times, retry_at, problem_code, problem)
                                       select $1, k.item_id, k.sent, clock_timestamp(), k.outcome, k.times,
                                         clock_timestamp() + k.rest_ms * interval '1 millisecond', k.problem_code, k.problem
                                       from unnest($2::text[], $3::bigint[], $4::text[], $5::int[], $6::bigint[], $7::text[], $8::text[])
                                         as k (item_id, sent, outcome, times, rest_ms, problem_code, problem)
                                       order by k.item_id
                                       on conflict (channel_id, item_id) do update set sent = excluded.sent, sent_at = excluded.sent_at,
                                         outcome = excluded.outcome, times = excluded.times, retry_at = excluded.retry_at,
                                         problem_code = excluded.problem_code, problem = excluded.problem
                                       """;

    /** Items that are no longer linked are no longer known: a later link starts anew. */
    private static final String FORGET_UNLINKED = """
                                                  delete from till_price p where p.channel_id = $1
                                                    and not exists (select from link l where l.channel_id = p.channel_id and l.item_id = p.item_id)
                                                  """;

    private static final String LEFT_ALONE = """
                                             select left_alone, count(*) from link_price
                                             where channel_id = $1 and left_alone is not null group by left_alone
                                             """;

    private final Pool pool;

    PriceRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param after the item to go on after, by id; empty for the first */
    Uni<List<DuePrice>> due(UUID channelId, String after, int limit) {
        return pool.preparedQuery(DUE).execute(Tuple.of(channelId, after, limit)).map(rows -> rows.stream()
                .map(row -> new DuePrice(row.getString("variant_id"), row.getString("item_id"),
                        row.getBigDecimal("store_price"),
                        row.getLong("channel_price"), row.getLong("target"), row.getInteger("times")))
                .toList());
    }

    Uni<Void> save(SqlClient connection, UUID channelId, List<PriceOutcome> outcomes, PriceConfig config) {
        if (outcomes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(SAVE).execute(Tuple.from(List.of(channelId,
                texts(outcomes, outcome -> outcome.price().itemId()),
                outcomes.stream().map(outcome -> outcome.price().target()).toArray(Long[]::new),
                texts(outcomes, outcome -> outcome.kind().name()),
                outcomes.stream().map(outcome -> outcome.price().sentBefore() + 1).toArray(Integer[]::new),
                outcomes.stream().map(outcome -> outcome.price().rest(config).toMillis()).toArray(Long[]::new),
                texts(outcomes, outcome -> outcome.failure() == null ? null : outcome.failure().code()),
                texts(outcomes, outcome -> outcome.failure() == null ? null : outcome.failure().getMessage()))))
                .replaceWithVoid();
    }

    Uni<Boolean> knowsAnything(UUID channelId) {
        return pool.preparedQuery("select exists (select from till_price where channel_id = $1)").execute(Tuple.of(channelId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> forget(SqlClient connection, UUID channelId) {
        return connection.preparedQuery("delete from till_price where channel_id = $1").execute(Tuple.of(channelId))
                .replaceWithVoid();
    }

    Uni<Void> forgetUnlinked(SqlClient connection, UUID channelId) {
        return connection.preparedQuery(FORGET_UNLINKED).execute(Tuple.of(channelId)).replaceWithVoid();
    }

    /** How many linked items' prices are left as they are, by the reason. */
    Uni<Map<LeftAlone, Long>> leftAlone(UUID channelId) {
        return pool.preparedQuery(LEFT_ALONE).execute(Tuple.of(channelId)).map(rows -> {
            Map<LeftAlone, Long> counts = new TreeMap<>();
            rows.forEach(row -> counts.put(LeftAlone.of(row.getString(0)), row.getLong(1)));
            return counts;
        });
    }

    /** PostgreSQL's text holds no NUL. */
    private static String[] texts(List<PriceOutcome> outcomes, Function<PriceOutcome, String> field) {
        return outcomes.stream().map(field).map(text -> text == null ? null : text.replace("\0", "")).toArray(String[]::new);
    }
}
