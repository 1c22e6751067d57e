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
import dev.tillbridge.platform.ProblemCode;

/** Lists links, what has none, and why. */
@ApplicationScoped
class LinkList {

    /** Of more rows than these that hold a text a page is soon found by going through the list. */
    private static final int FEW = 1_000;

    private final Pool pool;

    LinkList(Pool pool) {
        this.pool = pool;
    }

    /**
     * Which rows of a channel are asked for.
     *
     * @param status null: of all
     * @param outOfStep only links whose item shows another quantity than it should
     * @param search a text that a row holds; null: all
     */
    record Filter(LinkStatus status, boolean outOfStep, String search) {

        static final Filter NONE = new Filter(null, false, null);

        /** @throws io.quarkiverse.resteasy.problem.HttpProblem of a status that there is not, or that has no stock to compare */
        static Filter of(String status, boolean outOfStep, String search) {
            LinkStatus wanted = status == null
                    ? null
                    : LinkStatus.of(status).orElseThrow(() -> ProblemCode.INVALID_REQUEST
                            .problem("status is one of linked, unlinked, ambiguous, drifted, blocked, till-only"));
            if (outOfStep && wanted != null && wanted != LinkStatus.LINKED && wanted != LinkStatus.DRIFTED) {
                throw ProblemCode.INVALID_REQUEST
                        .problem("Only linked rows are in or out of step: leave status out, or ask for linked or drifted");
            }
            return new Filter(wanted, outOfStep,
                    search == null || search.isBlank() ? null : search.strip().replace("\0", ""));
        }
    }

    /**
     * What a page shows.
     *
     * @param priceRule the channel's, in words; empty where prices are copied
     */
    record Query(UUID channelId, UniqueIdentifier identifier, String priceRule, Filter filter) {

        static Query of(ConnectedChannel channel, Filter filter) {
            return new Query(channel.id(), channel.settings().identifier(), channel.settings().priceSync().priceRule().words(),
                    filter);
        }

        LinkStatus status() {
            return filter.status();
        }

        String search() {
            return filter.search();
        }
    }

    /**
     * A query whose search was prepared.
     *
     * @param variants that hold the text, {@code items} likewise; null where nothing is searched for, or many hold it
     */
    private record Prepared(Query query, List<String> variants, List<String> items) {

        LinkListSql.Search search() {
            return query.search() == null
                    ? LinkListSql.Search.NONE
                    : variants == null ? LinkListSql.Search.TEXT : LinkListSql.Search.IDS;
        }

        Tuple from(String after, int limit, long skip) {
            var tuple = Tuple.of(query.channelId(), after, query.identifier().metafield(), limit, skip);
            return switch (search()) {
                case NONE -> tuple;
                case TEXT -> tuple.addString(query.search());
                case IDS -> tuple.addArrayOfString(variants.toArray(String[]::new))
                        .addArrayOfString(items.toArray(String[]::new));
            };
        }
    }

    /** @param skip so many rows after {@code from} are left out, for who looks into the midst of a long list; 0 with a search */
    Uni<Page<LinkView>> page(Query query, LinkPosition from, long skip, int limit) {
        return prepared(query).chain(prepared -> {
            if (query.status() == LinkStatus.TILL_ONLY || from.items()) {
                return items(prepared, from.items() ? from.after() : "", skip, limit);
            }
            return variants(prepared, from.after(), skip, limit).chain(rows -> {
                if (rows.size() == limit) {
                    return Uni.createFrom().item(
                            new Page<>(rows, new LinkPosition(false, rows.get(limit - 1).variant().id()).cursor()));
                }
                if (query.status() != null || query.filter().outOfStep()) {
                    return Uni.createFrom().item(Page.of(rows));
                }
                Uni<Long> skipItems = skip == 0 || !rows.isEmpty()
                        ? Uni.createFrom().item(0L)
                        : variantsAfter(query, from).map(passed -> Math.max(0, skip - passed));
                return skipItems.chain(left -> items(prepared, "", left, limit - rows.size())).map(more -> {
                    var both = new ArrayList<>(rows);
                    both.addAll(more.items());
                    return new Page<>(both, more.nextCursor());
                });
            });
        });
    }

    /** The row of one variant; null where the list has none of it. */
    Uni<LinkView> one(Query query, String variantId) {
        return pool.preparedQuery(LinkListSql.variant()).execute(new Prepared(query, null, null).from(variantId, 1, 0))
                .map(rows -> rows.rowCount() == 0 ? null : LinkRows.variant(rows.iterator().next(), query.priceRule()));
    }

    Uni<LinkCounts> counts(UUID channelId) {
        return pool.preparedQuery(LinkListSql.COUNTS).execute(Tuple.of(channelId)).map(rows -> {
            Row row = rows.iterator().next();
            return new LinkCounts(row.getLong(0), row.getLong(2), row.getLong(3), row.getLong(1), row.getLong(4),
                    row.getLong(5));
        });
    }

    private Uni<Prepared> prepared(Query query) {
        if (query.search() == null) {
            return Uni.createFrom().item(new Prepared(query, null, null));
        }
        return pool.preparedQuery(LinkListSql.FOUND).execute(Tuple.of(query.channelId(), query.search(), FEW + 1)).map(rows -> {
            Row row = rows.iterator().next();
            List<String> variants = List.of(row.getArrayOfStrings("variants"));
            List<String> items = List.of(row.getArrayOfStrings("items"));
            boolean many = variants.size() > FEW || items.size() > FEW;
            return new Prepared(query, many ? null : variants, many ? null : items);
        });
    }

    /** How many variants the list of all statuses has from there on, where nothing is searched for. */
    private Uni<Long> variantsAfter(Query query, LinkPosition from) {
        return pool.preparedQuery(LinkListSql.VARIANTS_AFTER).execute(Tuple.of(query.channelId(), from.after()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<List<LinkView>> variants(Prepared prepared, String after, long skip, int limit) {
        Query query = prepared.query();
        return pool.preparedQuery(LinkListSql.variants(query.status(), query.filter().outOfStep(), prepared.search()))
                .execute(prepared.from(after, limit, skip))
                .map(rows -> rows.stream().map(row -> LinkRows.variant(row, query.priceRule())).toList());
    }

    private Uni<Page<LinkView>> items(Prepared prepared, String after, long skip, int limit) {
        Query query = prepared.query();
        return pool.preparedQuery(LinkListSql.items(query.identifier(), prepared.search()))
                .execute(prepared.from(after, limit, skip)).map(rows -> {
                    var views = rows.stream().map(row -> LinkRows.item(row, query.identifier())).toList();
                    return new Page<>(views, views.size() < limit
                            ? null
                            : new LinkPosition(true, views.get(limit - 1).item().id()).cursor());
                });
    }
}
