package dev.tillbridge.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
 * Compares a till's lists of payments, refunds and credits with what is stored of their sales. What differs is kept for the next
 * reconciliation and taken in as any news are: its sale is read again.
 */
@ApplicationScoped
class MoneyComparison {

    /**
     * What brought or took no money need not be known. Sales that wait to be read, and those before the start, are not compared; a
     * refund has no time of change, so of one that is known otherwise nobody can say when that happened.
     */
    private static final String COMPARE = """
            with listed as materialized (
              select distinct on (kind, id) * from unnest($4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[],
                $10::timestamptz[], $11::timestamptz[]) as l (kind, id, sale_id, amount, tip, state, created_at, changed_at)),
            compared as (
              select l.kind, l.id, coalesce(l.sale_id, l.id) as sale_id, l.amount, l.tip, l.state, l.created_at, l.changed_at,
                -- Of a sale that nobody has read nothing was missed here: the comparison of the sales themselves tells whether it was.
                s.id is not null or l.sale_id is null as telling,
                p.amount is not null as stored, p.amount as known_amount, p.tip as known_tip, p.state as known_state
              from listed l
              left join sale s on s.shop_domain = $1 and s.integration = $2 and s.merchant_id = $3
                and s.pos_order_id = coalesce(l.sale_id, l.id) and s.kind = case when l.sale_id is null then 'CREDIT' else 'SALE' end
              left join lateral (
                select (e ->> 'amount')::bigint as amount, coalesce((e ->> 'tip')::bigint, 0) as tip, e ->> 'result' as state
                from jsonb_array_elements(s.document -> 'payments') e where l.kind = 'PAYMENT' and e ->> 'id' = l.id
                union all
                select (e ->> 'amount')::bigint, 0, case when (e ->> 'voided')::boolean then 'NOT_RETURNED'
                  when coalesce(e ->> 'status', 'SUCCESS') = 'SUCCESS' then 'RETURNED' when e ->> 'status' = 'PENDING' then 'PENDING'
                  else 'NOT_RETURNED' end
                from jsonb_array_elements(s.document -> 'refunds') e where l.kind <> 'PAYMENT' and e ->> 'id' = l.id
                union all
                select s.total, 0, case s.status when 'WAITING' then 'PENDING' when 'SKIPPED' then 'NOT_RETURNED' else 'RETURNED' end
                where s.kind = 'CREDIT'
                limit 1) p on true
              where s.id is null or not s.dismissed and s.kind = 'CREDIT'
                or s.document is not null and not s.unread and s.reason_code is distinct from 'before-start'),
            differing as materialized (
              select * from compared
              where case when stored then (known_amount, known_tip, known_state) is distinct from (coalesce(amount, known_amount), tip, state)
                else state in ('SUCCESS', 'AUTH_COMPLETED', 'RETURNED') end),
            shown as (
              select d.*, case when d.stored then d.changed_at else coalesce(d.changed_at, d.created_at) end as since,
                lower(d.kind) || ' ' || d.id || ' ' as name, power(10::numeric, currency_decimals(c.currency)) as minor, c.currency,
                case d.kind when 'PAYMENT' then 1 else -1 end as sign
              from differing d join channel c on c.id = $13 where d.telling),
            told as (
              insert into read_difference as d (store_id, owner_id, kind, subject, stored, found, money, currency, changed_at, followed_to)
              select $12::uuid, $13::uuid, 'SALE', 'order:' || sale_id,
                string_agg(name || case when stored then trim_scale((known_amount + known_tip) / minor) || ' ' || coalesce(known_state, 'unknown') else 'unknown' end,
                  ', ' order by kind, id),
                string_agg(name || coalesce(trim_scale((coalesce(amount, known_amount) + tip) / minor)::text, 'unknown') || ' ' || coalesce(state, 'unknown'),
                  ', ' order by kind, id),
                sum(sign * (case when state in ('SUCCESS', 'AUTH_COMPLETED', 'RETURNED') then coalesce(amount, known_amount, 0) + tip else 0 end
                  - case when known_state in ('SUCCESS', 'AUTH_COMPLETED', 'RETURNED') then known_amount + known_tip else 0 end) / minor),
                min(currency), case when count(since) = count(*) then min(since) end, $14::timestamptz
              from shown group by sale_id
              on conflict (store_id, owner_id, kind, subject) do update set found = excluded.found, changed_at = excluded.changed_at,
                followed_to = excluded.followed_to, found_at = clock_timestamp(), judged_by = null,
                stored = case when d.judged_by is null then d.stored else excluded.stored end,
                money = case when d.judged_by is null then coalesce(d.money + excluded.money, d.money, excluded.money) else excluded.money end)
            select kind, id from differing
            """;

    /** What was told of it before must not keep it from being news. */
    private static final String FORGET = """
            delete from sale_mention m using unnest($2::text[], $3::text[]) as t (kind, id)
            where m.channel_id = $1 and m.kind = t.kind and m.id = t.id
            """;

    private final SaleIntake intake;
    private final FencedTransactions transactions;

    MoneyComparison(SaleIntake intake, FencedTransactions transactions) {
        this.intake = intake;
        this.transactions = transactions;
    }

    private record Key(String kind, String id) {

        static Key of(SaleMention mention) {
            return new Key(mention.kind().name(), mention.id());
        }
    }

    /** Answers how many were known otherwise or not at all. */
    Uni<Integer> take(Fence fence, ConnectedStore store, ConnectedChannel channel, SalePage page, Instant followedTo) {
        Instant start = channel.settings().orderSync().start();
        // As everywhere: money given back without a sale before the start is nothing to us.
        List<SaleMention> money = page.mentions().stream().filter(mention -> mention.kind() != SaleMention.Kind.ORDER)
                .filter(mention -> mention.saleId() != null || !mention.createdAt().isBefore(start)).toList();
        if (money.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return transactions.write(fence, connection -> differing(connection, store, channel, money, followedTo))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(0)
                        : intake.take(fence, store, channel,
                                new SalePage(money.stream().filter(mention -> found.contains(Key.of(mention))).toList(),
                                        page.asOf(), page.vendorTime()))
                                .replaceWith(found.size()));
    }

    private static Uni<Set<Key>> differing(SqlConnection connection, ConnectedStore store, ConnectedChannel channel,
            List<SaleMention> money, Instant followedTo) {
        return connection.preparedQuery(COMPARE)
                .execute(Tuple.from(new Object[]{ store.shopDomain(), channel.integration(), channel.merchantId(),
                        texts(money, mention -> mention.kind().name()), texts(money, SaleMention::id),
                        texts(money, SaleMention::saleId), money.stream().map(SaleMention::amount).toArray(Long[]::new),
                        money.stream().map(MoneyComparison::tip).toArray(Long[]::new), texts(money, MoneyComparison::state),
                        times(money, SaleMention::createdAt), times(money, SaleMention::changedAt), store.id(), channel.id(),
                        SqlTime.of(followedTo)}))
                .map(rows -> rows.stream().map(row -> new Key(row.getString("kind"), row.getString("id")))
                        .collect(Collectors.toSet()))
                .call(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(FORGET)
                                .execute(Tuple.of(channel.id(), found.stream().map(Key::kind).toArray(String[]::new),
                                        found.stream().map(Key::id).toArray(String[]::new)))
                                .replaceWithVoid());
    }

    private static Long tip(SaleMention mention) {
        return mention.received() == null ? 0 : mention.received().tip();
    }

    private static String state(SaleMention mention) {
        return mention.received() == null ? mention.money().name() : mention.received().result();
    }

    private static String[] texts(List<SaleMention> money, Function<SaleMention, String> field) {
        return money.stream().map(field).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<SaleMention> money, Function<SaleMention, Instant> field) {
        return money.stream().map(field).map(SqlTime::of).toArray(OffsetDateTime[]::new);
    }
}
