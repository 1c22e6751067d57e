package dev.tillbridge.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
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

    /** News are mentions whose stamp is another than the last one. */
    private static final String NEWS = """
            insert into sale_mention (channel_id, kind, id, stamp)
            select $1, t.kind, t.id, t.stamp from unnest($2::text[], $3::text[], $4::text[]) as t (kind, id, stamp)
            left join sale_mention m on m.channel_id = $1 and m.kind = t.kind and m.id = t.id
            where m.stamp is distinct from t.stamp
            on conflict (channel_id, kind, id) do update set stamp = excluded.stamp, at = clock_timestamp()
            returning kind, id
            """;

    /**
     * A sale before the start is skipped without being read; one that an earlier connection of the merchant knew is taken over
     * as it stands.
     */
    private static final String TAKE_IN = """
            with sales as (
              select t.sale_id as pos_order_id, max(t.amount) as amount,
                coalesce(min(t.created_at) filter (where t.kind = 'ORDER'), min(t.created_at)) as created_at,
                coalesce(max(t.created_at) filter (where t.kind = 'ORDER') < $9, false) and bool_and(t.kind = 'ORDER') as too_old
              from unnest($5::text[], $6::text[], $7::timestamptz[], $8::bigint[]) as t (kind, sale_id, created_at, amount)
              group by t.sale_id)
            insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, kind, store_id, channel_id, status,
              reason_code, reason, pos_created_at, look_at, unread, total, currency)
            select gen_random_uuid(), $1, $2, $3, s.pos_order_id, 'SALE', $10, $4,
              case when s.too_old then 'SKIPPED' else 'SEEN' end, case when s.too_old then 'before-start' end, case when s.too_old then $11 end,
              s.created_at, case when not s.too_old then clock_timestamp() end, not s.too_old, s.amount,
              (select currency from channel where id = $4)
            from sales s
            on conflict (shop_domain, integration, merchant_id, pos_order_id, kind) do update set
              store_id = excluded.store_id, channel_id = excluded.channel_id, looks = 0,
              look_at = case when sale.reason_code = 'before-start' and sale.document is null and not excluded.unread
                then sale.look_at else clock_timestamp() end,
              unread = sale.unread or excluded.unread or sale.reason_code is distinct from 'before-start' or sale.document is not null
            returning look_at is not null as look
            """;

    /** What is not settled yet may have changed while nobody looked. */
    private static final String ADOPT = """
            with mine as (
              update sale set store_id = $1, channel_id = $2,
                look_at = case when status in ('SEEN', 'WAITING', 'READY', 'FAILED', 'HELD') and not dismissed then clock_timestamp()
                  else look_at end
              where shop_domain = $3 and integration = $4 and merchant_id = $5 and channel_id is null
              returning id
            ), units as (
              update sale_unit u set channel_id = $2 from mine where u.sale_id = mine.id
            ), adjustments as (
              update stock_adjustment a set store_id = $1, channel_id = $2 from mine where a.sale_id = mine.id returning a.id
            )
            update open_posting p set store_id = $1 from adjustments a where p.adjustment_id = a.id
            """;

    /** As if it were read for the first time: whether it touches stock is decided then. */
    private static final String RECONSIDER = """
            update sale set status = 'SEEN', reason_code = null, reason = null, read_at = null, look_at = clock_timestamp()
            where channel_id = $1 and status = 'SKIPPED' and reason_code = 'before-start' and pos_created_at >= $2
            """;

    private static final String AGAIN = """
            update sale set looks = 0, look_at = clock_timestamp(), unread = true
            where channel_id = $1 and kind = 'SALE' and pos_order_id = any ($2::text[])
              and (reason_code is distinct from 'before-start' or document is not null)
            """;

    private final CreditIntake credits;
    private final FencedTransactions transactions;

    SaleIntake(CreditIntake credits, FencedTransactions transactions) {
        this.credits = credits;
        this.transactions = transactions;
    }

    /** Stores a page; answers how many sales are to be read because of it. */
    public Uni<Integer> take(Fence fence, ConnectedStore store, ConnectedChannel channel, SalePage page) {
        Instant from = channel.settings().orderSync().start();
        Map<String, SaleMention> last = new LinkedHashMap<>();
        // Money given back before the start stays news: the start may be moved back.
        page.mentions().stream().filter(mention -> mention.saleId() != null || !mention.createdAt().isBefore(from))
                .forEach(mention -> last.put(key(mention.kind().name(), mention.id()), mention));
        if (last.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return transactions.write(fence, connection -> news(connection, channel, last).chain(
                news -> credits(connection, store, channel, news.stream().filter(mention -> mention.saleId() == null).toList())
                        .chain(() -> sales(connection, store, channel, from,
                                news.stream().filter(mention -> mention.saleId() != null).toList()))));
    }

    private static String key(String kind, String id) {
        return kind + " " + id;
    }

    private static Uni<List<SaleMention>> news(SqlConnection connection, ConnectedChannel channel,
            Map<String, SaleMention> told) {
        return connection.preparedQuery(NEWS)
                .execute(Tuple.of(channel.id(), texts(told.values(), mention -> mention.kind().name()),
                        texts(told.values(), SaleMention::id), texts(told.values(), SaleMention::stamp)))
                .map(rows -> rows.stream().map(row -> told.get(key(row.getString("kind"), row.getString("id")))).toList());
    }

    private Uni<Void> credits(SqlConnection connection, ConnectedStore store, ConnectedChannel channel,
            List<SaleMention> news) {
        return Multi.createFrom().iterable(news)
                .onItem().transformToUniAndConcatenate(credit -> credits.take(connection, store, channel, credit))
                .collect().last().replaceWithVoid();
    }

    private static Uni<Integer> sales(SqlConnection connection, ConnectedStore store, ConnectedChannel channel, Instant from,
            List<SaleMention> news) {
        if (news.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return connection.preparedQuery(TAKE_IN)
                .execute(Tuple.of(store.shopDomain(), channel.integration(), channel.merchantId(), channel.id())
                        .addArrayOfString(texts(news, mention -> mention.kind().name()))
                        .addArrayOfString(texts(news, SaleMention::saleId))
                        .addArrayOfOffsetDateTime(news.stream().map(SaleMention::createdAt).map(SqlTime::of)
                                .toArray(OffsetDateTime[]::new))
                        .addArrayOfLong(news.stream().map(SaleMention::amount).toArray(Long[]::new))
                        .addOffsetDateTime(SqlTime.of(from)).addUUID(store.id()).addString(SaleJudge.BEFORE_START_REASON))
                .map(rows -> (int) rows.stream().filter(row -> row.getBoolean("look")).count());
    }

    private static String[] texts(Collection<SaleMention> mentions, Function<SaleMention, String> field) {
        return mentions.stream().map(field).toArray(String[]::new);
    }

    /** Sees to it that those of these sales that are known are read; answers how many. Somebody said that they changed. */
    public Uni<Integer> again(Fence fence, UUID channelId, Collection<String> saleIds) {
        return saleIds.isEmpty()
                ? Uni.createFrom().item(0)
                : transactions.write(fence, connection -> connection.preparedQuery(AGAIN)
                        .execute(Tuple.of(channelId, saleIds.toArray(String[]::new))).map(rows -> rows.rowCount()));
    }

    /** Sales of the same shop and merchant from an earlier connection go on where they were. */
    public Uni<Void> adopt(Fence fence, ConnectedStore store, ConnectedChannel channel) {
        return transactions.write(fence, connection -> connection.preparedQuery(ADOPT)
                .execute(Tuple.of(store.id(), channel.id(), store.shopDomain(), channel.integration(), channel.merchantId()))
                .replaceWithVoid());
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
