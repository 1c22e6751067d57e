package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/** Links items that Tillbridge made to the variants it made them for. */
@ApplicationScoped
public class LinkMaker {

    private final CatalogRepository catalog;
    private final Journal journal;

    LinkMaker(CatalogRepository catalog, Journal journal) {
        this.catalog = catalog;
        this.journal = journal;
    }

    /**
     * Stores an item that was just made and links it, in the caller's transaction. A link that variant or item got meanwhile is
     * never taken over: the item then stays on the till alone.
     *
     * @param asOf the database's time before the till was asked
     * @param run what the journal names as the run
     * @return whether the variant is linked to this item now
     */
    public Uni<Boolean> link(SqlConnection connection, ConnectedChannel channel, String variantId, Item item, Instant asOf,
            UUID run, String cause) {
        String key = channel.settings().identifier().keyOf(item);
        return catalog.storeItem(connection, channel.id(), item, asOf)
                .chain(() -> connection.preparedQuery(LinkEditor.MAKE).execute(Tuple.of(channel.storeId(), channel.id())
                        .addArrayOfString(new String[]{ variantId}).addArrayOfString(new String[]{ item.id()})
                        .addArrayOfString(new String[]{ key}).addArrayOfString(new String[]{ key})
                        .addString("CREATED").addString(JournalEntry.ENGINE)))
                .chain(rows -> rows.size() == 1
                        ? journal.write(connection, new JournalEntry(channel.storeId(), channel.id(), "link:" + variantId,
                                "link-made", null, item.id(), cause, run, JournalEntry.ENGINE)).replaceWith(true)
                        : linked(connection, channel, variantId, item.id()));
    }

    private static Uni<Boolean> linked(SqlConnection connection, ConnectedChannel channel, String variantId, String itemId) {
        return connection.preparedQuery("select 1 from link where channel_id = $1 and variant_id = $2 and item_id = $3")
                .execute(Tuple.of(channel.id(), variantId, itemId)).map(rows -> rows.size() == 1);
    }
}
