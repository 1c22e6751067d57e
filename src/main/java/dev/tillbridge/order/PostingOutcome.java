package dev.tillbridge.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.AdjustedLevels;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** What came of an adjustment that posts a sale: level and units change in one transaction, or it is tried again, or held. */
@ApplicationScoped
class PostingOutcome {

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final Duration REFUSED_RESTS = Duration.ofHours(1);
    private static final String ITEMS = """
            select l.item_id, v.inventory_item_id from sale_unit u
            join link l on l.channel_id = u.channel_id and l.item_id = u.item_id
            join variant v on v.store_id = l.store_id and v.id = l.variant_id
            where u.sale_id = $1 and v.inventory_item_id = any ($2::text[])
            """;

    private final CatalogRepository catalog;
    private final SaleRepository sales;
    private final PostingRepository postings;
    private final SaleStory story;
    private final Journal journal;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    PostingOutcome(CatalogRepository catalog, SaleRepository sales, PostingRepository postings, SaleStory story,
            Journal journal,
            SaleNotices notices, FencedTransactions transactions, OrderConfig config) {
        this.catalog = catalog;
        this.sales = sales;
        this.postings = postings;
        this.story = story;
        this.journal = journal;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> posted(Pass pass, Posting posting, AdjustedLevels adjusted) {
        return pass.runId().chain(run -> transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> catalog.storeLevels(connection, pass.fence().storeId(), adjusted.levels(), adjusted.asOf(), true)
                        .chain(() -> postings.conclude(connection, posting.id(), "POSTED", null))
                        .chain(() -> settled(connection, sale))
                        .chain(() -> told(connection, sale, posting, run)))));
    }

    private Uni<Void> settled(SqlConnection connection, SaleRow sale) {
        return (sale.stockProblem() == null
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery("update sale set stock_problem = null where id = $1").execute(Tuple.of(sale.id()))
                        .chain(() -> notices.stockSettled(connection, sale)))
                .chain(() -> UnitTable.refresh(connection, sale.id()));
    }

    /** In the sale's story, and in that of each item: why the store's stock is what it is. */
    private Uni<Void> told(SqlConnection connection, SaleRow sale, Posting posting, UUID run) {
        var deltas = posting.input().changes().stream().collect(Collectors.toMap(change -> change.inventoryItemId(),
                change -> change.delta(), Long::sum));
        return connection.preparedQuery(ITEMS).execute(Tuple.of(posting.saleId(), deltas.keySet().toArray(String[]::new)))
                .chain(rows -> {
                    List<JournalEntry> entries = new ArrayList<>();
                    rows.forEach(
                            row -> entries.add(new JournalEntry(sale.storeId(), sale.channelId(), "stock:" + row.getString(0),
                                    "sale-posted", null, signed(deltas.get(row.getString(1))),
                                    "Till sale " + sale.posOrderId() + " changed the store's stock at location "
                                            + posting.input().changes().get(0).locationId(),
                                    run, JournalEntry.ENGINE)));
                    entries.add(new JournalEntry(sale.storeId(), sale.channelId(), sale.subject(), "stock-posted", null,
                            words(posting), "The store's stock was adjusted, part " + posting.part() + ", key "
                                    + posting.input().idempotencyKey(),
                            run, JournalEntry.ENGINE));
                    return journal.write(connection, entries);
                });
    }

    private static String words(Posting posting) {
        long sum = posting.input().changes().stream().mapToLong(change -> change.delta()).sum();
        return signed(sum) + " units of " + posting.input().changes().size() + " items at location "
                + posting.input().changes().get(0).locationId();
    }

    private static String signed(long delta) {
        return delta > 0 ? "+" + delta : Long.toString(delta);
    }

    Uni<Void> failed(Pass pass, Posting posting, ConnectorException failure) {
        if (failure instanceof ConnectorException.Rejected) {
            return "idempotency-previous-attempt-failed".equals(failure.code())
                    ? again(pass, posting, failure)
                    : refused(pass, posting, failure);
        }
        Duration rest = DoublingGap.after(posting.failures(), config.firstRetry(), LONGEST_RETRY);
        return transactions.write(pass.fence(),
                connection -> postings.retry(connection, posting.id(), failure.getMessage(), rest))
                .chain(() -> pass.failed("stock-of-order:" + posting.saleId(), failure.code(), failure.getMessage()));
    }

    /** The store says for sure that nothing was done: the same is sent under another key. */
    private Uni<Void> again(Pass pass, Posting posting, ConnectorException failure) {
        return transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.conclude(connection, posting.id(), "REFUSED", failure.getMessage())
                        .chain(() -> postings.insert(connection, sale, posting.part(), posting.attempt() + 1,
                                PostingPreparation.adjustment(sale, posting.part(), posting.attempt() + 1,
                                        posting.input().changes())))));
    }

    /** Of several items one may be to blame: from now on each goes by itself. One that is refused alone is shown to a person. */
    private Uni<Void> refused(Pass pass, Posting posting, ConnectorException failure) {
        boolean several = posting.input().changes().size() > 1;
        Uni<Void> stored = transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.giveBack(connection, posting.id(), true, several ? Duration.ZERO : REFUSED_RESTS)
                        .chain(() -> postings.conclude(connection, posting.id(), "REFUSED", failure.getMessage()))
                        .chain(() -> UnitTable.refresh(connection, sale.id()))
                        .chain(() -> several ? Uni.createFrom().voidItem() : problem(connection, sale, failure.getMessage()))));
        return several
                ? stored
                : stored.chain(() -> pass.failed("stock-of-order:" + posting.saleId(), failure.code(), failure.getMessage()));
    }

    /** Asking again could change the stock twice, for the key is no longer kept. */
    Uni<Void> unknownForTooLong(Pass pass, Posting posting) {
        String message = "Whether the store's stock was changed by this sale is not known, and asking again could change it twice. "
                + "Compare the stock in the store, then replay this sale with unknownOutcome DONE if it was changed, or NOT_DONE if it was not";
        return transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.conclude(connection, posting.id(), "HELD", "stock-adjustment-unknown")
                        .chain(() -> problem(connection, sale, message))))
                .chain(() -> pass.failed("stock-of-order:" + posting.saleId(), "stock-adjustment-unknown", message));
    }

    private Uni<Void> problem(SqlConnection connection, SaleRow sale, String message) {
        return connection.preparedQuery("update sale set stock_problem = $2 where id = $1")
                .execute(Tuple.of(sale.id(), message))
                .chain(() -> story.step(connection, sale, null, "stock-problem", null, null, message))
                .chain(() -> notices.stockRefused(connection, sale, message));
    }
}
