package dev.tillbridge.overview;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.price.CurrencyDigits;

/** Reads a channel's figures in one statement. */
@ApplicationScoped
class OverviewRepository {

    /** $1 channel, $2 whether its stock is kept in step: comparing all items of one whose is not would be for nothing. */
    private static final String READ = """
            select d.day, f.sales, f.imported, f.total, s.currency,
              (select count(*) from sale a where a.channel_id = c.id and (a.status = 'HELD' or a.problem_code is not null
                or a.stock_problem is not null or a.shipment_problem is not null)) as orders,
              (select count(*) from recount r where r.channel_id = c.id and r.status = 'OPEN') as recounts,
              case when $2 then (
                select count(*) from link_target t join item i on i.channel_id = t.channel_id and i.id = t.item_id and not i.gone
                where t.channel_id = c.id and t.target is not null and i.quantity is distinct from t.target) end as out_of_step
            from channel c join store s on s.id = c.store_id
            cross join lateral (select (clock_timestamp() at time zone s.timezone)::date as day) d
            cross join lateral (
              select count(*) filter (where e.status <> 'SKIPPED') as sales,
                count(*) filter (where e.store_order_id is not null and not e.store_cancelled) as imported,
                sum(e.store_total) filter (where e.store_order_id is not null and not e.store_cancelled) as total
              from sale e where e.channel_id = c.id and e.kind = 'SALE'
                and e.pos_created_at >= d.day::timestamp at time zone s.timezone) f
            where c.id = $1
            """;

    private final Pool pool;

    OverviewRepository(Pool pool) {
        this.pool = pool;
    }

    /** Null where the channel was deleted meanwhile. */
    Uni<ChannelOverview> read(ConnectedChannel channel) {
        List<String> on = on(channel.settings());
        return pool.preparedQuery(READ).execute(Tuple.of(channel.id(), on.contains("stock")))
                .map(rows -> rows.rowCount() == 0 ? null : overview(rows.iterator().next(), on));
    }

    private static ChannelOverview overview(Row row, List<String> on) {
        return new ChannelOverview(on,
                new ChannelOverview.Today(row.getLocalDate("day"), row.getLong("sales"), row.getLong("imported"),
                        amount(row.getBigDecimal("total"), row.getString("currency"))),
                row.getLong("orders"), row.getLong("recounts"), row.getLong("out_of_step"));
    }

    private static ChannelOverview.Amount amount(BigDecimal total, String currency) {
        return total == null
                ? null
                : new ChannelOverview.Amount(
                        total.setScale(Math.max(CurrencyDigits.of(currency), total.stripTrailingZeros().scale()))
                                .toPlainString(),
                        currency);
    }

    /** By the names that a run's streams have. */
    private static List<String> on(ChannelSettings settings) {
        var on = new ArrayList<String>();
        add(on, "orders", settings.orderSync().enabled());
        add(on, "shipments", settings.shipmentSync().enabled());
        add(on, "stock", settings.inventorySync().enabled());
        add(on, "prices", settings.priceSync().enabled());
        add(on, "products", settings.productSync().enabled());
        return List.copyOf(on);
    }

    private static void add(List<String> on, String stream, boolean enabled) {
        if (enabled) {
            on.add(stream);
        }
    }
}
