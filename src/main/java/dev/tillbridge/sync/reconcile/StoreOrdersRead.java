package dev.tillbridge.sync.reconcile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/** Reads the store's orders of till sales into a table of the reconciliation's own, page by page. */
@ApplicationScoped
class StoreOrdersRead {

    /** A sale whose earlier order was cancelled has a number behind its id. */
    private static final Pattern REVISION = Pattern.compile("-\\d+$");

    /** Another app's orders may bear identities, too; they matter where one is that of a sale. */
    private static final String ADD = """
            insert into reconciliation_order (reconciliation_id, store_order_id, identity, pos_order_id, ours, name, created_at, cancelled,
              currency, total, refunded)
            select distinct on (o.id) $1::uuid, o.id, o.identity, o.pos_order_id, o.ours, o.name, o.created_at, o.cancelled, o.currency,
              o.total::numeric, coalesce(o.refunded::numeric, 0)
            from unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[], $7::timestamptz[], $8::boolean[], $9::text[], $10::text[],
              $11::text[]) as o (id, identity, pos_order_id, ours, name, created_at, cancelled, currency, total, refunded)
            where o.ours or exists (select from sale s where s.store_id = $12 and s.pos_order_id = o.pos_order_id)
            on conflict (reconciliation_id, store_order_id) do update set cancelled = excluded.cancelled, total = excluded.total,
              refunded = excluded.refunded
            """;

    /** Orders that are recorded and were not in the list: made while it was read, lagging behind, or gone. */
    private static final String UNSEEN = """
            select s.id, s.store_order_id, s.pos_order_id from sale s
            where s.store_id = $2 and s.store_order_id is not null and not s.store_cancelled and s.pos_created_at >= $3
              and not exists (select from reconciliation_order o where o.reconciliation_id = $1 and o.store_order_id = s.store_order_id)
              and ($4::uuid is null or s.id > $4)
            order by s.id limit $5
            """;

    private static final int BATCH = 100;

    private final ChannelDirectory directory;
    private final Pool pool;
    private final FencedTransactions transactions;

    StoreOrdersRead(ChannelDirectory directory, Pool pool, FencedTransactions transactions) {
        this.directory = directory;
        this.pool = pool;
        this.transactions = transactions;
    }

    private record Unseen(UUID sale, String orderId, String posOrderId) {}

    /** Reads all made since then, and looks for each one that is recorded and was not among them; answers how many there were. */
    Uni<Long> read(Fence fence, UUID reconciliation, Instant since) {
        return directory.shopConnection(fence.storeId()).chain(shop -> directory.storefront().orderTotalsSince(shop, since)
                .onItem().transformToUniAndConcatenate(page -> add(fence, reconciliation, page).replaceWith((long) page.size()))
                .collect().in(() -> new long[1], (sum, size) -> sum[0] += size).map(sum -> sum[0])
                .call(() -> lookAgain(fence, reconciliation, shop, since)));
    }

    private Uni<Void> lookAgain(Fence fence, UUID reconciliation, ShopConnection shop, Instant since) {
        return Multi.createBy().repeating()
                .uni(() -> new UUID[1], after -> pool.preparedQuery(UNSEEN).mapping(StoreOrdersRead::unseen)
                        .execute(Tuple.of(reconciliation, fence.storeId(), SqlTime.of(since), after[0], BATCH))
                        .map(rows -> rows.stream().toList())
                        .invoke(rows -> rows.forEach(row -> after[0] = row.sale()))
                        .call(rows -> Multi.createFrom().iterable(rows)
                                .onItem().transformToUniAndConcatenate(row -> directory.storefront().order(shop, row.orderId())
                                        .chain(order -> order == null
                                                ? Uni.createFrom().voidItem()
                                                : add(fence, reconciliation, List.of(totals(row, order)))))
                                .collect().last()))
                .whilst(rows -> rows.size() == BATCH && !fence.remaining().isZero()).collect().last().replaceWithVoid();
    }

    private static StoreOrderTotals totals(Unseen row, StoreOrder order) {
        return new StoreOrderTotals(order.id(), order.name(), row.posOrderId(), true, order.createdAt(), order.cancelled(),
                order.currency(), order.total(), order.refunded());
    }

    private static Unseen unseen(Row row) {
        return new Unseen(row.getUUID("id"), row.getString("store_order_id"), row.getString("pos_order_id"));
    }

    private Uni<Void> add(Fence fence, UUID reconciliation, List<StoreOrderTotals> page) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transactions.write(fence, connection -> connection.preparedQuery(ADD)
                .execute(Tuple.from(new Object[]{ reconciliation, texts(page, StoreOrderTotals::id),
                        texts(page, StoreOrderTotals::identity),
                        texts(page, order -> REVISION.matcher(order.identity()).replaceFirst("")),
                        page.stream().map(StoreOrderTotals::ours).toArray(Boolean[]::new), texts(page, StoreOrderTotals::name),
                        page.stream().map(StoreOrderTotals::createdAt).map(SqlTime::of).toArray(OffsetDateTime[]::new),
                        page.stream().map(StoreOrderTotals::cancelled).toArray(Boolean[]::new),
                        texts(page, StoreOrderTotals::currency),
                        texts(page, order -> order.total() == null ? null : order.total().toPlainString()),
                        texts(page, order -> order.refunded() == null ? null : order.refunded().toPlainString()),
                        fence.storeId()}))
                .replaceWithVoid());
    }

    private static String[] texts(List<StoreOrderTotals> page, Function<StoreOrderTotals, String> field) {
        return page.stream().map(field).toArray(String[]::new);
    }
}
