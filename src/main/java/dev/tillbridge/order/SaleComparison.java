package dev.tillbridge.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
 * Compares a till's list of orders with what is stored of them. Those that are not known, or known otherwise, are kept for the
 * next reconciliation and taken in as any news are: as if the till had never told of them.
 */
@ApplicationScoped
public class SaleComparison {

    private static final String COMPARE = """
            with listed as materialized (
              select distinct on (id) * from unnest($4::text[], $5::bigint[], $6::timestamptz[]) as l (id, amount, changed_at)),
            differing as materialized (
              select l.*, s.total, s.pos_modified_at, power(10::numeric, currency_decimals(c.currency)) as minor, c.currency
              from listed l
              join channel c on c.id = $8
              left join sale s on s.shop_domain = $1 and s.integration = $2 and s.merchant_id = $3 and s.pos_order_id = l.id and s.kind = 'SALE'
              where s.id is null
                or s.document is not null and not s.unread and (l.changed_at > s.pos_modified_at or l.amount <> s.total)),
            told as (
              insert into read_difference as d (store_id, owner_id, kind, subject, stored, found, money, currency, stored_changed_at, changed_at,
                followed_to)
              select $7::uuid, $8::uuid, 'SALE', 'order:' || id, trim_scale(total / minor)::text, coalesce(trim_scale(amount / minor)::text, 'unknown'),
                (coalesce(amount, 0) - coalesce(total, 0)) / minor, currency, pos_modified_at, changed_at, $9::timestamptz
              from differing
              on conflict (store_id, owner_id, kind, subject) do update set found = excluded.found, changed_at = excluded.changed_at,
                followed_to = excluded.followed_to, found_at = clock_timestamp(), judged_by = null,
                stored = case when d.judged_by is null then d.stored else excluded.stored end,
                money = case when d.judged_by is null then coalesce(d.money + excluded.money, d.money, excluded.money) else excluded.money end)
            select id from differing
            """;

    private static final String LISTED = "insert into listed_sale (channel_id, ids) values ($1, $2)";
    private static final String NOTHING_LISTED = "delete from listed_sale where channel_id = $1";

    /**
     * Of those that have an order in the store: they are read by id next, and only what is found to be gone then is. Hidden orders
     * are in no list, so that alone says nothing.
     */
    private static final String UNLISTED = """
            with listed as materialized (
              select unnest(ids) as id from listed_sale where channel_id = $2),
            unlisted as (
              update sale s set look_at = clock_timestamp()
              where s.channel_id = $2 and s.kind = 'SALE' and s.pos_created_at >= $3 and s.pos_created_at < $4 and s.store_order_id is not null
                and not s.store_cancelled and s.cancelling is null and s.document is not null
                and not coalesce((s.document ->> 'deleted')::boolean, false) and s.missing_since is null
                and not exists (select from listed l where l.id = s.pos_order_id)
              returning s.pos_order_id, s.total, s.currency, s.pos_modified_at)
            insert into read_difference (store_id, owner_id, kind, subject, stored, found, money, currency, stored_changed_at, followed_to)
            select $1::uuid, $2, 'SALE', 'order:' || pos_order_id, trim_scale(total / power(10::numeric, currency_decimals(currency)))::text, null,
              -total / power(10::numeric, currency_decimals(currency)), currency, pos_modified_at, $4
            from unlisted
            on conflict (store_id, owner_id, kind, subject) do nothing
            """;

    private static final String FORGET = "delete from sale_mention where channel_id = $1 and kind = 'ORDER' and id = any ($2::text[])";

    private final SaleIntake intake;
    private final MoneyComparison money;
    private final FencedTransactions transactions;

    SaleComparison(SaleIntake intake, MoneyComparison money, FencedTransactions transactions) {
        this.intake = intake;
        this.money = money;
        this.transactions = transactions;
    }

    /** Before the first page. */
    public Uni<Void> begin(Fence fence, ConnectedChannel channel) {
        return transactions.write(fence,
                connection -> connection.preparedQuery(NOTHING_LISTED).execute(Tuple.of(channel.id())).replaceWithVoid());
    }

    /**
     * After the last page: sales that the till no longer lists are read by id next.
     *
     * @param from since when the till's orders were listed
     */
    public Uni<Void> end(Fence fence, ConnectedChannel channel, Instant from, Instant followedTo) {
        return transactions.write(fence, connection -> connection.preparedQuery(UNLISTED)
                .execute(Tuple.of(fence.storeId(), channel.id(), SqlTime.of(from), SqlTime.of(followedTo)))
                .chain(() -> connection.preparedQuery(NOTHING_LISTED).execute(Tuple.of(channel.id()))).replaceWithVoid());
    }

    /**
     * Takes a page of the till's orders, or of its payments, refunds and credits; answers how many were known otherwise or not
     * at all. Orders come first: what belongs to a sale that is read anyway is no news.
     *
     * @param followedTo up to when, by the till's time, changes of its sales had been followed
     */
    public Uni<Integer> take(Fence fence, ConnectedStore store, ConnectedChannel channel, SalePage page, Instant followedTo) {
        List<SaleMention> orders = page.mentions().stream().filter(mention -> mention.kind() == SaleMention.Kind.ORDER)
                .toList();
        if (orders.isEmpty()) {
            return money.take(fence, store, channel, page, followedTo);
        }
        return transactions.write(fence, connection -> differing(connection, store, channel, orders, followedTo))
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(0)
                        : intake.take(fence, store, channel, new SalePage(
                                orders.stream().filter(order -> ids.contains(order.id())).toList(), page.asOf(),
                                page.vendorTime())).replaceWith(ids.size()));
    }

    private static Uni<Set<String>> differing(SqlConnection connection, ConnectedStore store, ConnectedChannel channel,
            List<SaleMention> orders, Instant followedTo) {
        return connection.preparedQuery(LISTED)
                .execute(Tuple.of(channel.id(), orders.stream().map(SaleMention::id).toArray(String[]::new)))
                .chain(() -> compared(connection, store, channel, orders, followedTo));
    }

    private static Uni<Set<String>> compared(SqlConnection connection, ConnectedStore store, ConnectedChannel channel,
            List<SaleMention> orders, Instant followedTo) {
        return connection.preparedQuery(COMPARE)
                .execute(Tuple.from(new Object[]{ store.shopDomain(), channel.integration(), channel.merchantId(),
                        orders.stream().map(SaleMention::id).toArray(String[]::new),
                        orders.stream().map(SaleMention::amount).toArray(Long[]::new),
                        orders.stream().map(order -> order.changedAt() == null ? order.createdAt() : order.changedAt())
                                .map(SqlTime::of).toArray(OffsetDateTime[]::new),
                        store.id(), channel.id(), SqlTime.of(followedTo)}))
                .map(rows -> rows.stream().map(row -> row.getString("id")).collect(Collectors.toSet()))
                // What was told of it before must not keep it from being news.
                .call(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(FORGET).execute(Tuple.of(channel.id(), ids.toArray(String[]::new)))
                                .replaceWithVoid());
    }
}
