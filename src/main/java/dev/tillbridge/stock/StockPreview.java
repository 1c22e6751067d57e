package dev.tillbridge.stock;

import java.math.BigDecimal;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PreviewRow;
import dev.tillbridge.channel.StreamPreview;

/** What keeping stock in step would write, by the targets as the settings make them and the till's last quantities. */
@ApplicationScoped
class StockPreview implements StreamPreview {

    private static final int AT_ONCE = 1_000;

    /** The most dangerous first, as they would be written. */
    private static final String ROWS = """
            select t.variant_id, t.item_id, i.name, i.quantity::text as quantity, t.target::text as target, t.tracked, t.gone,
              coalesce(t.store_available, 0) as available, t.safety_stock, t.unposted::text as unposted,
              case
                when t.target is null and not t.tracked then 'untracked'
                when t.target is null then 'stock-not-read'
                when r.id is not null then 'recount'
              end as skipped
            from link_target t
            join item i on i.channel_id = t.channel_id and i.id = t.item_id and not i.gone
            left join recount r on r.channel_id = t.channel_id and r.item_id = t.item_id and r.status <> 'SETTLED'
            where t.channel_id = $1 and i.quantity is distinct from t.target
            order by case when i.quantity > t.target then (case when t.target = 0 then 0 else 1 end) else 2 end, t.item_id
            """;

    @Override
    public Multi<PreviewRow> rows(SqlConnection connection, ConnectedChannel channel) {
        return channel.settings().inventorySync().enabled()
                ? connection.prepare(ROWS).onItem()
                        .transformToMulti(query -> query.createStream(AT_ONCE, Tuple.of(channel.id()))
                                .toMulti())
                        .map(StockPreview::row)
                : Multi.createFrom().empty();
    }

    private static PreviewRow row(Row row) {
        String skipped = row.getString("skipped");
        return new PreviewRow("stock", row.getString("variant_id"), row.getString("item_id"), row.getString("name"),
                plain(row.getString("quantity")), skipped == null ? plain(row.getString("target")) : null, reason(row, skipped),
                skipped);
    }

    private static String reason(Row row, String skipped) {
        if (skipped == null) {
            return row.getBoolean("gone")
                    ? "The variant is gone from the shop"
                    : row.getBoolean("tracked")
                            ? row.getLong("available") + " in the shop, less " + row.getLong("safety_stock")
                                    + " safety stock and "
                                    + plain(row.getString("unposted")) + " sold that the shop does not show yet"
                            : "The shop does not count it: the default inventory";
        }
        return switch (skipped) {
            case "untracked" -> "The shop does not count it, and no default inventory is set";
            case "stock-not-read" -> "The shop's stock of it was not read yet";
            default -> "A recount of it waits for a person";
        };
    }

    private static String plain(String number) {
        return number == null ? null : StockRepository.tidy(new BigDecimal(number)).toPlainString();
    }
}
