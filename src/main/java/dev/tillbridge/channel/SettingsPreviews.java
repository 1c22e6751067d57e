package dev.tillbridge.channel;

import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

import dev.tillbridge.catalog.LinkMatcher;
import dev.tillbridge.catalog.MatchCounts;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;

/**
 * Computes what settings would do: they are changed in a transaction that is rolled back. Nobody waits for it: the change
 * locks the channel against other changes of it alone, no lease is touched, and it is given up after some seconds. Only where
 * another identifier is tried do the store's streams wait for it, because it makes and takes away links as they do.
 */
@ApplicationScoped
class SettingsPreviews {

    private static final String BOUNDS = "set local lock_timeout = '3s'; set local statement_timeout = '15s'";
    private static final String FOLLOWED = "select count(*) from sale where channel_id = $1 and store_order_id is not null"
            + " and not store_cancelled";
    /** PostgreSQL's SQLSTATEs for a wait and a statement that took too long. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String CANCELLED = "57014";

    private final Pool pool;
    private final FencedTransactions transactions;
    private final Instance<StreamPreview> streams;
    private final LinkMatcher matcher;

    SettingsPreviews(Pool pool, FencedTransactions transactions, @Any Instance<StreamPreview> streams, LinkMatcher matcher) {
        this.pool = pool;
        this.transactions = transactions;
        this.streams = streams;
        this.matcher = matcher;
    }

    /** The channel with the settings that are tried out, and what is answered of them. */
    record Tried(ConnectedChannel channel, SettingsAnswer answer) {}

    /** @param change makes the change on the connection it is given */
    Uni<SettingsAnswer> of(ConnectedChannel before, ChannelSettings settings, Function<SqlConnection, Uni<Tried>> change) {
        boolean matches = !before.settings().uniqueIdentifier().equals(settings.uniqueIdentifier());
        Function<SqlConnection, Uni<SettingsAnswer>> work = connection -> connection.query(BOUNDS).execute()
                .chain(() -> change.apply(connection))
                .chain(tried -> look(connection, before, tried, matches).map(tried.answer()::with))
                .chain(answer -> Uni.createFrom().failure(new TakenBack(answer)));
        return (matches ? transactions.alone(before.storeId(), work) : pool.withTransaction(work))
                .onFailure(TakenBack.class).recoverWithItem(end -> end.answer)
                .onFailure(SettingsPreviews::tookTooLong).transform(failure -> ProblemCode.BUSY.problem(
                        "What these settings would do took too long to compute beside the work under way; nothing was changed."
                                + " Send it again in a minute."));
    }

    private Uni<SettingsPreview> look(SqlConnection connection, ConnectedChannel before, Tried tried, boolean matches) {
        var channel = tried.channel();
        Uni<Long> followed = !before.settings().shipmentSync().enabled() && channel.settings().shipmentSync().enabled()
                ? connection.preparedQuery(FOLLOWED).execute(Tuple.of(channel.id()))
                        .map(rows -> rows.iterator().next().getLong(0))
                : Uni.createFrom().nullItem();
        Uni<MatchCounts> links = matches
                ? matcher.preview(connection, channel.storeId(), channel.id(), channel.settings().identifier())
                : Uni.createFrom().nullItem();
        return followed.chain(orders -> links.chain(counts -> Multi.createFrom().iterable(streams)
                .onItem().transformToMultiAndConcatenate(stream -> stream.rows(connection, channel))
                .collect().in(SettingsPreview.Tally::new, SettingsPreview.Tally::add)
                .map(tally -> new SettingsPreview(null, orders, SettingsPreview.Links.of(counts), tally.changes(),
                        tally.skips()))));
    }

    private static boolean tookTooLong(Throwable failure) {
        return failure instanceof PgException refused
                && (LOCK_NOT_AVAILABLE.equals(refused.getSqlState()) || CANCELLED.equals(refused.getSqlState()));
    }

    /** A transaction ends without effect where its work fails. */
    private static final class TakenBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient SettingsAnswer answer;

        TakenBack(SettingsAnswer answer) {
            super("What was tried out is taken back", null, false, false);
            this.answer = answer;
        }
    }
}
