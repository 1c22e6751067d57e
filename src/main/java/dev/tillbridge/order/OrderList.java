package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.journal.JournalReader;
import dev.tillbridge.journal.JournalView;
import dev.tillbridge.order.OrderView.Amount;
import dev.tillbridge.order.OrderView.Reason;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.platform.TimePosition;

/** A channel's sales as people look at them: lists, counts, one with its whole story. */
@ApplicationScoped
class OrderList {

    private static final int STORY = 500;

    private static final String SELECT = """
            select s.id, s.pos_order_id, s.kind, s.status, s.stock, s.reason_code, s.reason, s.problem_code, s.problem, s.stock_problem,
              s.shipment_problem,
              s.paid, s.pos_created_at, s.total, s.currency, s.store_total, s.store_order_id, s.store_order_name, s.store_cancelled,
              s.former_store_orders,
              (select coalesce(jsonb_agg(jsonb_build_object('itemId', u.item_id, 'name', u.name, 'units', u.sold, 'returned', u.returned,
                  'variantId', l.variant_id, 'sku', v.sku, 'title', v.title) order by u.name, u.item_id), '[]')
                from sale_unit u left join link l on l.channel_id = s.channel_id and l.item_id = u.item_id
                left join variant v on v.store_id = l.store_id and v.id = l.variant_id
                where u.sale_id = s.id and u.sold <> 0) as lines,
              (select coalesce(jsonb_agg(jsonb_build_object('id', r.pos_refund_id, 'status', r.status, 'amount', r.amount, 'code', r.reason_code,
                  'reason', r.reason, 'storeId', r.store_refund_id) order by r.id), '[]') from sale_refund r where r.sale_id = s.id) as refunds
            from sale s
            """;

    private static final String COUNTS = """
            select status as word, count(*) as sales from sale where channel_id = $1 group by status
            union all
            select 'PROBLEM', count(*) from sale where channel_id = $1 and (problem_code is not null or stock_problem is not null or shipment_problem is not null)
            union all
            select 'ATTENTION', count(*) from sale
            where channel_id = $1 and (status = 'HELD' or problem_code is not null or stock_problem is not null or shipment_problem is not null)
            """;

    private final Pool pool;
    private final JournalReader journal;

    OrderList(Pool pool, JournalReader journal) {
        this.pool = pool;
        this.journal = journal;
    }

    /** Newest sales first. */
    Uni<Page<OrderView>> page(UUID channelId, OrderFilter filter, String cursor, int limit) {
        TimePosition before = TimePosition.of(cursor);
        return pool.preparedQuery(SELECT + " where " + OrderFilter.CONDITION
                + " and ($7::timestamptz is null or (s.pos_created_at, s.id) < ($7, $8::uuid)) order by s.pos_created_at desc, s.id desc limit $9")
                .execute(tuple(channelId, filter).addOffsetDateTime(before == null ? null : SqlTime.of(before.at()))
                        .addUUID(before == null ? null : before.id()).addInteger(limit + 1))
                .map(rows -> {
                    List<Row> found = rows.stream().toList();
                    boolean more = found.size() > limit;
                    List<Row> shown = more ? found.subList(0, limit) : found;
                    Row last = more ? shown.get(limit - 1) : null;
                    return new Page<>(shown.stream().map(row -> view(row, null)).toList(), more
                            ? new TimePosition(SqlTime.instant(last, "pos_created_at"), last.getUUID("id")).cursor()
                            : null);
                });
    }

    /** How many sales there are of each status, every status named; {@code PROBLEM} and {@code ATTENTION} count across them. */
    Uni<Map<String, Long>> counts(UUID channelId) {
        return pool.preparedQuery(COUNTS).execute(Tuple.of(channelId)).map(rows -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            Arrays.stream(SaleStatus.values()).forEach(status -> counts.put(status.name(), 0L));
            rows.forEach(row -> counts.put(row.getString("word"), row.getLong("sales")));
            return counts;
        });
    }

    /** One sale with its story; null where the channel has no such sale. */
    Uni<OrderView> one(UUID channelId, String posOrderId) {
        return pool
                .preparedQuery(SELECT.replace("select s.id,", "select s.id, s.document, s.imported_document, s.imported_lines,")
                        + " where s.channel_id = $1 and s.pos_order_id = $2 order by s.kind desc limit 1")
                .execute(Tuple.of(channelId, posOrderId))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().nullItem()
                        : story(channelId, posOrderId).map(story -> whole(rows.iterator().next(), story)));
    }

    private Uni<List<JournalView>> story(UUID channelId, String posOrderId) {
        return journal.page(new JournalReader.Query(channelId, "order:" + posOrderId, null, null), null, STORY).map(page -> {
            List<JournalView> story = new ArrayList<>(page.items());
            Collections.reverse(story);
            return story;
        });
    }

    static Tuple tuple(UUID channelId, OrderFilter filter) {
        return Tuple.of(channelId, filter.status(), filter.reason()).addOffsetDateTime(SqlTime.of(filter.from()))
                .addOffsetDateTime(SqlTime.of(filter.to())).addString(filter.q());
    }

    private static OrderView view(Row row, List<JournalView> story) {
        String currency = row.getString("currency");
        Long total = row.getLong("total");
        String orderId = row.getString("store_order_id");
        List<Reason> problems = new ArrayList<>();
        if (row.getString("problem_code") != null) {
            problems.add(new Reason(row.getString("problem_code"), row.getString("problem")));
        }
        if (row.getString("stock_problem") != null) {
            problems.add(new Reason("stock-problem", row.getString("stock_problem")));
        }
        if (row.getString("shipment_problem") != null) {
            problems.add(new Reason("shipment-problem", row.getString("shipment_problem")));
        }
        return new OrderView(row.getString("pos_order_id"), row.getString("kind"), row.getString("status"),
                row.getString("stock"),
                row.getString("reason_code") == null ? null : new Reason(row.getString("reason_code"), row.getString("reason")),
                problems, row.getBoolean("paid"), SqlTime.instant(row, "pos_created_at"),
                total == null || currency == null ? null : Amount.of(MinorUnits.decimal(total, currency), currency),
                Amount.of(row.getBigDecimal("store_total"), currency),
                orderId == null && row.getArrayOfStrings("former_store_orders").length == 0
                        ? null
                        : new OrderView.StoreOrderView(orderId, row.getString("store_order_name"),
                                row.getBoolean("store_cancelled"),
                                List.of(row.getArrayOfStrings("former_store_orders"))),
                lines(row.getJsonArray("lines")), refunds(row.getJsonArray("refunds"), currency), null, story);
    }

    /** With the lines of no item, too. */
    private static OrderView whole(Row row, List<JournalView> story) {
        OrderView view = view(row, story);
        Sale sale = SaleJson.read(row.getJsonObject("document"), Sale.class);
        if (sale == null) {
            return view;
        }
        List<OrderView.LineView> lines = new ArrayList<>(view.lines());
        sale.lines().stream().filter(line -> line.itemId() == null)
                .forEach(line -> lines
                        .add(new OrderView.LineView(null, line.name(), tidy(line.units()), BigDecimal.ZERO, null, null)));
        return new OrderView(view.posOrderId(), view.kind(), view.status(), view.stock(), view.reason(), view.problems(),
                view.paid(),
                view.createdAt(), view.posTotal(), view.storeTotal(), view.storeOrder(), lines, view.refunds(),
                OrderSides.of(sale, SaleJson.read(row.getJsonObject("imported_document"), Sale.class),
                        SaleJson.origins(row.getJsonArray("imported_lines")), variants(row.getJsonArray("lines"))),
                view.history());
    }

    private static Map<String, OrderSides.Variant> variants(JsonArray lines) {
        Map<String, OrderSides.Variant> variants = new HashMap<>();
        lines.stream().map(JsonObject.class::cast).filter(line -> line.getString("variantId") != null)
                .forEach(line -> variants.put(line.getString("itemId"),
                        new OrderSides.Variant(line.getString("title"), line.getString("sku"))));
        return variants;
    }

    private static List<OrderView.LineView> lines(JsonArray lines) {
        return lines.stream().map(JsonObject.class::cast)
                .map(line -> new OrderView.LineView(line.getString("itemId"), line.getString("name"),
                        tidy(line.getValue("units")),
                        tidy(line.getValue("returned")), line.getString("variantId"), line.getString("sku")))
                .toList();
    }

    private static List<OrderView.RefundView> refunds(JsonArray refunds, String currency) {
        return refunds.stream().map(JsonObject.class::cast)
                .map(refund -> new OrderView.RefundView(refund.getString("id"), refund.getString("status"),
                        currency == null ? null : Amount.of(MinorUnits.decimal(refund.getLong("amount"), currency), currency),
                        refund.getString("code") == null
                                ? null
                                : new Reason(refund.getString("code"), refund.getString("reason")),
                        refund.getString("storeId")))
                .toList();
    }

    /** 2 and not 2.000. */
    private static BigDecimal tidy(Object number) {
        BigDecimal stripped = new BigDecimal(number.toString()).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
