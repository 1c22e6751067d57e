package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Page;

/** Lists links, what has none, and why. */
@ApplicationScoped
class LinkList {

    private final Pool pool;

    LinkList(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a page shows: a channel, and of its rows those of a status (null: all) that hold a text (null: all).
     *
     * @param priceRule the channel's, in words; empty where prices are copied
     */
    record Query(UUID channelId, UniqueIdentifier identifier, String priceRule, LinkStatus status, String search) {

        static Query of(ConnectedChannel channel, LinkStatus status, String search) {
            return new Query(channel.id(), channel.settings().identifier(), channel.settings().priceSync().priceRule().words(),
                    status, search);
        }

        Tuple from(String after, int limit) {
            var tuple = Tuple.of(channelId, after, identifier.metafield(), limit);
            return search == null ? tuple : tuple.addString(LinkListSql.pattern(search));
        }
    }

    Uni<Page<LinkView>> page(Query query, LinkPosition from, int limit) {
        if (query.status() == LinkStatus.TILL_ONLY || from.items()) {
            return items(query, from.items() ? from.after() : "", limit);
        }
        return variants(query, from.after(), limit).flatMap(rows -> {
            if (rows.size() == limit) {
                return Uni.createFrom().item(
                        new Page<>(rows, new LinkPosition(false, rows.get(limit - 1).variant().id()).cursor()));
            }
            if (query.status() != null) {
                return Uni.createFrom().item(Page.of(rows));
            }
            return items(query, "", limit - rows.size()).map(more -> {
                var both = new ArrayList<>(rows);
                both.addAll(more.items());
                return new Page<>(both, more.nextCursor());
            });
        });
    }

    Uni<LinkCounts> counts(UUID channelId) {
        return pool.preparedQuery(LinkListSql.COUNTS).execute(Tuple.of(channelId)).map(rows -> {
            Row row = rows.iterator().next();
            return new LinkCounts(row.getLong(0), row.getLong(2), row.getLong(3), row.getLong(1), row.getLong(4),
                    row.getLong(5));
        });
    }

    private Uni<List<LinkView>> variants(Query query, String after, int limit) {
        return pool.preparedQuery(LinkListSql.variants(query.status(), query.search() != null))
                .execute(query.from(after, limit))
                .map(rows -> rows.stream().map(row -> LinkRows.variant(row, query.priceRule())).toList());
    }

    private Uni<Page<LinkView>> items(Query query, String after, int limit) {
        return pool.preparedQuery(LinkListSql.items(query.identifier(), query.search() != null))
                .execute(query.from(after, limit)).map(rows -> {
                    var views = rows.stream().map(row -> LinkRows.item(row, query.identifier())).toList();
                    return new Page<>(views, views.size() < limit
                            ? null
                            : new LinkPosition(true, views.get(limit - 1).item().id()).cursor());
                });
    }
}
