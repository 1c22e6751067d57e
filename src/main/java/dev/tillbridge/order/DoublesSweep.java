package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.platform.SqlTime;

/**
 * Finds orders that are in the store twice. Nothing of ours asks twice, but a process that was stopped between its last
 * check and the socket may ask late: the younger order of a sale is cancelled, and who must know is told.
 */
@ApplicationScoped
public class DoublesSweep {

    private static final Duration BEFORE = Duration.ofMinutes(1);
    private static final int MOST = 2_000;

    private static final String DUE = """
            select *, clock_timestamp() as now, asked_at from sale
            where store_id = $1 and store_order_id is not null and imported_at < clock_timestamp() - $2 * interval '1 millisecond'
              and (swept_at is null or $3::bigint is not null and imported_at > clock_timestamp() - $3 * interval '1 millisecond'
                and swept_at < clock_timestamp() - interval '12 hours')
            order by imported_at, id limit $4
            """;
    private static final String SWEPT = "update sale set swept_at = clock_timestamp() where id = any ($1::uuid[])";

    private final Pool pool;
    private final ChannelDirectory directory;
    private final OrderCancellation cancellation;
    private final SaleStory story;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    DoublesSweep(Pool pool, ChannelDirectory directory, OrderCancellation cancellation, SaleStory story, SaleNotices notices,
            FencedTransactions transactions, OrderConfig config) {
        this.pool = pool;
        this.directory = directory;
        this.cancellation = cancellation;
        this.story = story;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
    }

    private record Swept(SaleRow row, Instant askedAt) {}

    /**
     * One turn; answers how many doubles were cancelled.
     *
     * @param reach how far back orders are swept once more; null sweeps only those that never were
     */
    public Uni<Integer> pass(Pass pass, Duration reach) {
        UUID storeId = pass.fence().storeId();
        return pool.preparedQuery(DUE).mapping(DoublesSweep::swept)
                .execute(
                        Tuple.of(storeId, config.sweepAfter().toMillis(), reach == null ? null : Long.valueOf(reach.toMillis()),
                                MOST))
                .map(rows -> rows.stream().toList())
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().item(0)
                        : directory.shopConnection(storeId).chain(shop -> sweep(pass, shop, due)));
    }

    private Uni<Integer> sweep(Pass pass, ShopConnection shop, List<Swept> due) {
        Map<String, SaleRow> byIdentity = new HashMap<>();
        due.forEach(swept -> byIdentity.put(swept.row().identity(), swept.row()));
        Instant since = due.stream().map(Swept::askedAt).min(Comparator.naturalOrder()).orElseThrow().minus(BEFORE);
        return directory.storefront().ordersCreatedSince(shop, since)
                .collect().in(() -> new HashMap<String, List<FoundOrder>>(), (found, page) -> page.stream()
                        .filter(order -> byIdentity.containsKey(order.identity()) && !order.cancelled())
                        .forEach(order -> found.computeIfAbsent(order.identity(), identity -> new ArrayList<>()).add(order)))
                .chain(found -> Multi.createFrom().iterable(found.entrySet())
                        .filter(entry -> distinct(entry.getValue()).size() > 1)
                        .onItem().transformToUniAndConcatenate(entry -> cancel(pass, shop, byIdentity.get(entry.getKey()),
                                distinct(entry.getValue())))
                        .collect().in(() -> new int[1], (sum, cancelled) -> sum[0] += cancelled))
                .call(() -> transactions.write(pass.fence(), connection -> connection.preparedQuery(SWEPT)
                        .execute(Tuple.of(due.stream().map(swept -> swept.row().id()).toArray(UUID[]::new))).replaceWithVoid()))
                .map(sum -> sum[0]);
    }

    /** Pages may tell of one order twice. */
    private static List<FoundOrder> distinct(List<FoundOrder> found) {
        Map<String, FoundOrder> byId = new HashMap<>();
        found.forEach(order -> byId.put(order.id(), order));
        return byId.values().stream().sorted(Comparator.comparing(FoundOrder::createdAt).thenComparing(FoundOrder::id))
                .toList();
    }

    private Uni<Integer> cancel(Pass pass, ShopConnection shop, SaleRow row, List<FoundOrder> found) {
        FoundOrder kept = found.get(0);
        return Multi.createFrom().iterable(found.subList(1, found.size()))
                .onItem().transformToUniAndConcatenate(younger -> directory.storefront().order(shop, younger.id())
                        .chain(order -> order == null || order.cancelled()
                                ? Uni.createFrom().voidItem()
                                : cancellation.begin(shop, order, "The sale " + row.posOrderId() + " is in the store as "
                                        + kept.name() + " already").replaceWithVoid())
                        .chain(() -> transactions.write(pass.fence(), connection -> told(connection, row, younger, kept)))
                        .chain(() -> pass.failed(row.subject(), "order-doubled",
                                younger.name() + " was a double of " + kept.name() + " and is cancelled")))
                .collect().asList().map(List::size);
    }

    private Uni<Void> told(SqlConnection connection, SaleRow row, FoundOrder younger, FoundOrder kept) {
        return connection.preparedQuery("""
                update sale set store_order_id = $2, store_order_name = $3, store_total = $4,
                  former_store_orders = former_store_orders || $5::text, version = version + 1 where id = $1
                """).execute(Tuple.of(row.id(), kept.id(), kept.name(), kept.total(), younger.id()))
                .chain(() -> story.step(connection, row, null, "double-cancelled", younger.name(), kept.name(),
                        "The sale was in the store twice; the younger order was cancelled"))
                .chain(() -> notices.doubled(connection, row, younger.name(), kept.name()));
    }

    private static Swept swept(Row row) {
        Instant asked = SqlTime.instant(row, "asked_at");
        return new Swept(SaleRow.of(row), asked == null ? SqlTime.instant(row, "imported_at") : asked);
    }
}
