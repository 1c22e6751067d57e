package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.SqlTime;

/** People's side of the recounts: looking at them, and deciding. */
@ApplicationScoped
class RecountService {

    private static final String LIST = """
            select r.*, i.name as item_name from recount r
            left join item i on i.channel_id = r.channel_id and i.id = r.item_id
            where r.channel_id = $1 and ($2::text is null or r.status = $2) and ($3::uuid is null or r.id > $3)
            order by r.id limit $4
            """;

    private static final String DECIDE = """
            update recount set status = 'SETTLING', resolution = $3, settled_by = $4
            where channel_id = $1 and item_id = $2 and status = 'OPEN'
            returning id, expected, counted
            """;

    /** The decision is work now, whatever rest the item was given. */
    private static final String DUE = "update till_stock set retry_at = null where channel_id = $1 and item_id = $2";

    private final Pool pool;
    private final FencedTransactions transactions;
    private final Journal journal;
    private final Event<ChannelChanged> changed;

    RecountService(Pool pool, FencedTransactions transactions, Journal journal, Event<ChannelChanged> changed) {
        this.pool = pool;
        this.transactions = transactions;
        this.journal = journal;
        this.changed = changed;
    }

    Uni<List<RecountView>> list(UUID channelId, String status, UUID after, int limit) {
        return pool.preparedQuery(LIST).mapping(RecountService::view).execute(Tuple.of(channelId, status, after, limit))
                .map(rows -> rows.stream().toList());
    }

    /** Takes a person's decision on the item's open recount; the engine does it. */
    Uni<Void> decide(ConnectedChannel channel, String itemId, RecountResolution resolution, String by) {
        return transactions.alone(channel.storeId(), connection -> decide(connection, channel, itemId, resolution, by))
                .invoke(() -> changed.fire(new ChannelChanged(channel.storeId())));
    }

    private Uni<Void> decide(SqlConnection connection, ConnectedChannel channel, String itemId, RecountResolution resolution,
            String by) {
        return connection.preparedQuery(DECIDE).execute(Tuple.of(channel.id(), itemId, resolution.name(), by)).chain(rows -> {
            if (rows.rowCount() == 0) {
                return refuse(connection, channel, itemId);
            }
            Row row = rows.iterator().next();
            var entry = new JournalEntry(channel.storeId(), channel.id(), "stock:" + itemId, "recount-decided",
                    StockRepository.plain(row.getBigDecimal("expected")), StockRepository.plain(row.getBigDecimal("counted")),
                    resolution.inWords(), null, by);
            return connection.preparedQuery(DUE).execute(Tuple.of(channel.id(), itemId))
                    .chain(() -> journal.write(connection, entry));
        });
    }

    private static Uni<Void> refuse(SqlConnection connection, ConnectedChannel channel, String itemId) {
        return connection.preparedQuery("select exists (select from recount where channel_id = $1 and item_id = $2)")
                .execute(Tuple.of(channel.id(), itemId)).map(rows -> {
                    if (rows.iterator().next().getBoolean(0)) {
                        throw ProblemCode.RECOUNT_ALREADY_SETTLED
                                .problem("The recount of this item is decided already. Look at the list of recounts.");
                    }
                    throw ProblemCode.NOT_FOUND.problem("There is no recount of this item.");
                });
    }

    private static RecountView view(Row row) {
        BigDecimal expected = StockRepository.tidy(row.getBigDecimal("expected"));
        BigDecimal counted = StockRepository.tidy(row.getBigDecimal("counted"));
        return new RecountView(row.getUUID("id"), row.getString("item_id"), row.getString("item_name"),
                row.getString("variant_id"), expected, counted, StockRepository.tidy(counted.subtract(expected)),
                row.getString("status"),
                row.getString("resolution"), SqlTime.instant(row, "opened_at"),
                SqlTime.instant(row, "settled_at"), row.getString("settled_by"));
    }
}
