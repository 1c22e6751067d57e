package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/**
 * Makes links, flags them, takes them away. The facts come from set-based SQL, a chunk of variants without link at a
 * time; {@link Matching} decides; what differs from what is stored is written back set-based. Each chunk is a transaction
 * of its own: memory stays flat, and the lease can be renewed in between.
 */
@ApplicationScoped
public class LinkMatcher {

    private static final int CHUNK = 4_000;
    // No index can serve a metafield's key, so that each chunk reads the variants once: fewer of them.
    private static final int METAFIELD_CHUNK = 20_000;

    private final FencedTransactions transactions;
    private final Journal journal;

    private final int chunk;
    private final int metafieldChunk;

    @Inject
    LinkMatcher(FencedTransactions transactions, Journal journal) {
        this(transactions, journal, CHUNK, METAFIELD_CHUNK);
    }

    /** With chunks of another size: tests need their borders, not their speed. */
    LinkMatcher(FencedTransactions transactions, Journal journal, int chunk, int metafieldChunk) {
        this.transactions = transactions;
        this.journal = journal;
        this.chunk = chunk;
        this.metafieldChunk = metafieldChunk;
    }

    /**
     * One turn of matching for a channel; the fence's store is the channel's. Nothing is done, and {@link MatchCounts#NONE}
     * answered, as long as the metafield it matches by was not part of a full read of the store: each variant would look
     * as if it had none.
     *
     * @param runId what the journal names as the run
     */
    public Uni<MatchCounts> match(Fence fence, UUID channelId, UniqueIdentifier identifier, UUID runId) {
        return match(turn(new Transactions() {
            @Override
            public <T> Uni<T> write(Function<SqlConnection, Uni<T>> work) {
                return transactions.write(fence, work);
            }
        }, fence.storeId(), channelId, identifier, runId));
    }

    /**
     * The same within a transaction that is to be rolled back: what matching would do. Null where nothing can be told, because
     * the metafield it would match by was not read yet.
     */
    public Uni<MatchCounts> preview(SqlConnection connection, UUID storeId, UUID channelId, UniqueIdentifier identifier) {
        var turn = turn(new Transactions() {
            @Override
            public <T> Uni<T> write(Function<SqlConnection, Uni<T>> work) {
                return work.apply(connection);
            }
        }, storeId, channelId, identifier, null);
        return identifierRead(turn).chain(read -> read ? run(turn) : Uni.createFrom().nullItem());
    }

    /** Where the chunks are written. */
    private interface Transactions {
        <T> Uni<T> write(Function<SqlConnection, Uni<T>> work);
    }

    private Turn turn(Transactions writes, UUID storeId, UUID channelId, UniqueIdentifier identifier, UUID runId) {
        return new Turn(writes, storeId, channelId, identifier, runId, identifier.metafield() == null ? chunk : metafieldChunk);
    }

    private Uni<MatchCounts> match(Turn turn) {
        return identifierRead(turn).flatMap(read -> read ? run(turn) : Uni.createFrom().item(MatchCounts.NONE));
    }

    private Uni<MatchCounts> run(Turn turn) {
        return inChunks(turn, this::removeGone)
                .flatMap(removed -> inChunks(turn, this::flagDrifted).map(removed::plus))
                .call(() -> turn.writes().write(connection -> connection.preparedQuery(MatchSql.FORGET_REASONS)
                        .execute(Tuple.of(turn.storeId(), turn.channelId()))))
                .flatMap(before -> inChunks(turn, this::matchChunk).map(before::plus));
    }

    private Uni<Boolean> identifierRead(Turn turn) {
        return turn.identifier().metafield() == null
                ? Uni.createFrom().item(true)
                : turn.writes().write(connection -> connection.preparedQuery(MatchSql.METAFIELD_READ)
                        .execute(Tuple.of(turn.storeId(), turn.identifier().metafield()))
                        .map(rows -> rows.iterator().next().getBoolean(0)));
    }

    private record Turn(Transactions writes, UUID storeId, UUID channelId, UniqueIdentifier identifier, UUID runId, int chunk) {

        Tuple chunkAfter(String variantId) {
            return Tuple.of(storeId(), channelId, identifier.metafield(), variantId, chunk);
        }

        JournalEntry entry(String variantId, String kind, String before, String after, String cause) {
            return new JournalEntry(storeId(), channelId, "link:" + variantId, kind, before, after, cause, runId,
                    JournalEntry.ENGINE);
        }
    }

    /** A chunk's counts and the last variant it looked at, null where nothing is left. */
    private record Chunk(MatchCounts counts, String last) {}

    private interface ChunkStep {
        Uni<Chunk> next(SqlConnection connection, Turn turn, String after);
    }

    private Uni<MatchCounts> inChunks(Turn turn, ChunkStep step) {
        return Multi.createBy().repeating()
                .uni(() -> new String[]{ ""}, state -> turn.writes()
                        .write(connection -> step.next(connection, turn, state[0]))
                        .invoke(chunk -> state[0] = chunk.last()))
                .whilst(chunk -> chunk.last() != null)
                .map(Chunk::counts)
                .collect().asList()
                .map(counts -> counts.stream().reduce(MatchCounts.NONE, MatchCounts::plus));
    }

    private Uni<Chunk> removeGone(SqlConnection connection, Turn turn, String after) {
        return connection.preparedQuery(MatchSql.REMOVE_GONE).execute(Tuple.of(turn.storeId(), turn.channelId(), turn.chunk()))
                .flatMap(rows -> {
                    var entries = new ArrayList<JournalEntry>();
                    rows.forEach(row -> entries.add(turn.entry(row.getString(0), "link-gone", row.getString(1), null,
                            row.getBoolean(2) ? "the item is gone from the till" : "the variant is gone from the shop")));
                    var counts = new MatchCounts(0, entries.size(), 0, 0, 0, 0);
                    return journal.write(connection, entries)
                            .replaceWith(new Chunk(counts, entries.size() < turn.chunk() ? null : ""));
                });
    }

    private Uni<Chunk> flagDrifted(SqlConnection connection, Turn turn, String after) {
        return connection.preparedQuery(MatchSql.drift(turn.identifier())).execute(turn.chunkAfter(after)).flatMap(rows -> {
            var ids = new ArrayList<String>();
            var drifts = new ArrayList<String>();
            var entries = new ArrayList<JournalEntry>();
            String last = null;
            int drifted = 0;
            for (Row row : rows) {
                last = row.getString(0);
                String drift = row.getBoolean(3)
                        ? "The variant is gone from the shop; the link goes when the till shows 0"
                        : Matching.drift(turn.identifier(), row.getString(4), row.getString(5), row.getString(6),
                                row.getString(7));
                String before = row.getString(2);
                if (drift == null ? before != null : !drift.equals(before)) {
                    ids.add(last);
                    drifts.add(drift);
                    drifted += drift == null ? 0 : 1;
                    entries.add(turn.entry(last, drift == null ? "link-agrees" : "link-drifted", before, drift,
                            drift == null ? "the identifiers agree again" : drift));
                }
            }
            var chunk = new Chunk(new MatchCounts(0, 0, drifted, 0, 0, 0), rows.size() < turn.chunk() ? null : last);
            if (ids.isEmpty()) {
                return Uni.createFrom().item(chunk);
            }
            return connection.preparedQuery(MatchSql.SET_DRIFT)
                    .execute(Tuple.of(turn.channelId(), array(ids), array(drifts)))
                    .chain(() -> journal.write(connection, entries)).replaceWith(chunk);
        });
    }

    private Uni<Chunk> matchChunk(SqlConnection connection, Turn turn, String after) {
        return connection.preparedQuery(MatchSql.facts(turn.identifier())).execute(turn.chunkAfter(after)).flatMap(rows -> {
            var decisions = new Decisions();
            String last = null;
            for (Row row : rows) {
                last = row.getString(0);
                decisions.add(last, row.getString(1), Matching.decide(MatchFacts.read(row, turn.identifier())));
            }
            String next = rows.size() < turn.chunk() ? null : last;
            return makeLinks(connection, turn, decisions).call(() -> sayWhy(connection, turn, decisions))
                    .map(made -> new Chunk(decisions.counts(made), next));
        });
    }

    private Uni<Integer> makeLinks(SqlConnection connection, Turn turn, Decisions decisions) {
        if (decisions.linked.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return connection.preparedQuery(MatchSql.MAKE_LINKS)
                .execute(Tuple.of(turn.storeId(), turn.channelId(), array(decisions.linked), array(decisions.items),
                        array(decisions.keys), JournalEntry.ENGINE))
                .flatMap(rows -> {
                    Map<String, String> causes = new HashMap<>();
                    for (int at = 0; at < decisions.linked.size(); at++) {
                        causes.put(decisions.linked.get(at), decisions.causes.get(at));
                    }
                    var entries = new ArrayList<JournalEntry>();
                    rows.forEach(row -> entries.add(turn.entry(row.getString(0), "link-made", null, row.getString(1),
                            causes.get(row.getString(0)))));
                    return journal.write(connection, entries).replaceWith(entries.size());
                });
    }

    private static Uni<Void> sayWhy(SqlConnection connection, Turn turn, Decisions decisions) {
        if (decisions.unlinked.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(MatchSql.SAY_WHY).execute(Tuple.of(turn.channelId(), array(decisions.unlinked),
                array(decisions.statuses), array(decisions.reasons))).replaceWithVoid();
    }

    private static String[] array(List<String> texts) {
        return texts.toArray(String[]::new);
    }
}
