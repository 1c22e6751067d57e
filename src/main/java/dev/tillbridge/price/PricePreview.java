package dev.tillbridge.price;

import java.math.BigDecimal;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PreviewRow;
import dev.tillbridge.channel.StreamPreview;

/** What keeping prices in step would write, and which it would leave alone. */
@ApplicationScoped
class PricePreview implements StreamPreview {

    private static final int AT_ONCE = 1_000;

    /** As they would be written. */
    private static final String ROWS = """
            select t.variant_id, t.item_id, coalesce(i.name, v.title) as name, t.left_alone,
              t.store_price, t.channel_price, t.target, c.currency
            from link_price t
            join channel c on c.id = t.channel_id
            join variant v on v.store_id = t.store_id and v.id = t.variant_id
            left join item i on i.channel_id = t.channel_id and i.id = t.item_id
            where t.channel_id = $1 and (t.left_alone is not null or t.target is distinct from t.channel_price)
            order by t.item_id
            """;

    @Override
    public Multi<PreviewRow> rows(SqlConnection connection, ConnectedChannel channel) {
        String rule = channel.settings().priceSync().priceRule().words();
        return channel.settings().priceSync().enabled()
                ? connection.prepare(ROWS).onItem()
                        .transformToMulti(query -> query.createStream(AT_ONCE, Tuple.of(channel.id()))
                                .toMulti())
                        .map(row -> row(row, rule))
                : Multi.createFrom().empty();
    }

    private static PreviewRow row(Row row, String rule) {
        String code = row.getString("left_alone");
        String currency = row.getString("currency");
        String reason = code == null
                ? PriceOutcomes.plain(row.getBigDecimal("store_price"), CurrencyDigits.of(currency)) + " in the shop"
                        + (rule.isEmpty() ? "" : ", " + rule)
                : LeftAlone.of(code).text();
        return new PreviewRow("price", row.getString("variant_id"), row.getString("item_id"), row.getString("name"),
                amount(row.getLong("channel_price"), currency), amount(row.getLong("target"), currency), reason, code);
    }

    private static String amount(Long minorUnits, String currency) {
        return minorUnits == null ? null : BigDecimal.valueOf(minorUnits, CurrencyDigits.of(currency)).toPlainString();
    }
}
