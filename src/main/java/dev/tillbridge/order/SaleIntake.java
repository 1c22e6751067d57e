package dev.tillbridge.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/**
 * Takes in what a till's lists tell of: each sale with news becomes a row that is to be read. Rows and what was told are
 * stored in one transaction, so that a cursor may move past them.
 */
@ApplicationScoped
public class SaleIntake {

    /**
     * News are mentions whose stamp is another than the last one. A sale before the start is skipped without being read; one
     * that an earlier connection of the merchant knew is taken over as it stands.
     */
    private static final String TAKE_IN = """
            with told as (
              select * from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::bigint[])
                as t (kind, id, sale_id, created_at, stamp, amount)),
            news as (
              select t.* from told t left join sale_mention m on m.channel_id = $4 and m.kind = t.kind and m.id = t.id
              where m.stamp is distinct from t.stamp),
            remembered as (
              insert into sale_mention (channel_id, kind, id, stamp) select $4, kind, id, stamp from news
              on conflict (channel_id, kind, id) do update set stamp = excluded.stamp, at = clock_timestamp()),
            sales as (
              select coalesce(sale_id, id) as pos_order_id, case when sale_id is null then 'CREDIT' else 'SALE' end as kind,
                coalesce(min(created_at) filter (where kind = 'ORDER'), min(created_at)) as created_at, max(amount) as amount,
                coalesce(max(created_at) filter (where kind = 'ORDER') < $11, false) and bool_and(kind = 'ORDER') as too_old
              from news group by 1, 2)
            insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, kind, store_id, channel_id, status,
              reason_code, reason, pos_created_at, look_at, act_at, total, currency)
            select gen_random_uuid(), $1, $2, $3, s.pos_order_id, s.kind, $12, $4,
              case when s.too_old then 'SKIPPED' when s.kind = 'CREDIT' then 'HELD' else 'SEEN' end,
              case when s.too_old then 'before-start' when s.kind = 'CREDIT' then 'refund-without-order' end,
              case when s.too_old then $13 when s.kind = 'CREDIT' then $14 end,
              s.created_at, case when s.too_old or s.kind = 'CREDIT' then null else clock_timestamp() end,
              case when s.kind = 'CREDIT' then clock_timestamp() end, s.amount, (select currency from channel where id = $4)
            from sales s where s.kind = 'SALE' or s.created_at >= $11
            on conflict (shop_domain, integration, merchant_id, pos_order_id, kind) do update set
              store_id = excluded.store_id, channel_id = excluded.channel_id, looks = 0,
              look_at = case when sale.kind = 'CREDIT' or sale.reason_code = 'before-start' and sale.document is null and excluded.look_at is null
                then sale.look_at else clock_timestamp() end
            returning look_at is not null as look
            """;

    private static final String RECONSIDER = """
            update sale set status = 'SEEN', reason_code = null, reason = null, look_at = clock_timestamp()
            where channel_id = $1 and status = 'SKIPPED' and reason_code = 'before-start' and pos_created_at >= $2
            """;

    private static final String BEFORE_START = "Sold before the start of the import";
    private static final String WITHOUT_ORDER = "Money was given back at the till without a sale, so there is no order in the store to refund. Write it down in the store by hand, then dismiss this";

    private final FencedTransactions transactions;

    SaleIntake(FencedTransactions transactions) {
        this.transactions = transactions;
    }

    /** Stores a page; answers how many sales are to be read because of it. */
    public Uni<Integer> take(Fence fence, ConnectedStore store, ConnectedChannel channel, SalePage page) {
        Map<String, SaleMention> last = new LinkedHashMap<>();
        page.mentions().forEach(mention -> last.put(mention.kind() + " " + mention.id(), mention));
        if (last.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return transactions.write(fence, connection -> take(connection, store, channel, last.values()));
    }

    private static Uni<Integer> take(SqlConnection connection, ConnectedStore store, ConnectedChannel channel,
            Collection<SaleMention> mentions) {
        Instant from = channel.settings().orderSync().start();
        return connection.preparedQuery(TAKE_IN)
                .execute(Tuple.of(store.shopDomain(), channel.integration(), channel.merchantId(),
                        channel.id())
                        .addArrayOfString(texts(mentions, mention -> mention.kind().name()))
                        .addArrayOfString(texts(mentions, SaleMention::id))
                        .addArrayOfString(texts(mentions, SaleMention::saleId))
                        .addArrayOfOffsetDateTime(mentions.stream().map(SaleMention::createdAt).map(SqlTime::of)
                                .toArray(OffsetDateTime[]::new))
                        .addArrayOfString(texts(mentions, SaleMention::stamp))
                        .addArrayOfLong(mentions.stream().map(SaleMention::amount).toArray(Long[]::new))
                        .addOffsetDateTime(SqlTime.of(from))
                        .addUUID(store.id()).addString(BEFORE_START).addString(WITHOUT_ORDER))
                .map(rows -> (int) rows.stream().filter(row -> row.getBoolean("look")).count());
    }

    private static String[] texts(Collection<SaleMention> mentions, Function<SaleMention, String> field) {
        return mentions.stream().map(field).toArray(String[]::new);
    }

    /** The start was moved back: what was skipped for being too old is read after all. */
    public Uni<Void> reconsider(Fence fence, UUID channelId, Instant from) {
        return transactions.write(fence, connection -> connection.preparedQuery(RECONSIDER)
                .execute(Tuple.of(channelId, SqlTime.of(from))).replaceWithVoid());
    }

    /** Mentions older than any list reaches back are forgotten. */
    public Uni<Void> forgetOld(Fence fence, UUID channelId) {
        return transactions.write(fence, connection -> connection
                .preparedQuery("delete from sale_mention where channel_id = $1 and at < clock_timestamp() - interval '92 days'")
                .execute(Tuple.of(channelId)).replaceWithVoid());
    }
}
