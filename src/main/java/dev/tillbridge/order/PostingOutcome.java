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
import dev.tillbridge.order.PostingRepository.OpenItem;
import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** What came of an adjustment that posts a sale: level and units change in one transaction, or it is tried again, or held. */
@ApplicationScoped
class PostingOutcome {

    /** Another part of the sale may still wait for a person. */
    private static final String SETTLED = """
            update sale set stock_problem = null
            where id = $1 and not exists (select from stock_adjustment where sale_id = $1 and status = 'HELD')
            """;

    private final CatalogRepository catalog;
    private final SaleRepository sales;
    private final PostingRepository postings;
    private final Journal journal;
    private final SaleNotices notices;
    private final PostingTrouble trouble;
    private final FencedTransactions transactions;

    PostingOutcome(CatalogRepository catalog, SaleRepository sales, PostingRepository postings, Journal journal,
            SaleNotices notices, PostingTrouble trouble, FencedTransactions transactions) {
        this.catalog = catalog;
        this.sales = sales;
        this.postings = postings;
        this.journal = journal;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
    }

    Uni<Void> posted(Pass pass, Posting posting, AdjustedLevels adjusted) {
        return pass.runId().chain(run -> transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.items(connection, posting.id()).chain(items -> catalog
                        .storeLevels(connection, pass.fence().storeId(), adjusted.levels(), adjusted.asOf(), true)
                        .chain(() -> postings.conclude(connection, posting.id(), "POSTED", null))
                        .chain(() -> settled(connection, sale))
                        .chain(() -> told(connection, sale, posting, items, run))))));
    }

    private Uni<Void> settled(SqlConnection connection, SaleRow sale) {
        return (sale.stockProblem() == null
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(SETTLED).execute(Tuple.of(sale.id())).chain(settled -> settled.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : notices.stockSettled(connection, sale)))
                .chain(() -> UnitTable.refresh(connection, sale.id()));
    }

    /** In the sale's story, and in that of each item: why the store's stock is what it is. */
    private Uni<Void> told(SqlConnection connection, SaleRow sale, Posting posting, List<OpenItem> items, UUID run) {
        var deltas = posting.input().changes().stream().collect(Collectors.toMap(change -> change.inventoryItemId(),
                change -> change.delta(), Long::sum));
        List<JournalEntry> entries = new ArrayList<>();
        items.forEach(item -> entries.add(new JournalEntry(sale.storeId(), sale.channelId(), "stock:" + item.itemId(),
                "sale-posted", null, signed(deltas.get(item.inventoryItemId())),
                "Till sale " + sale.posOrderId() + " changed the store's stock at location "
                        + posting.input().changes().get(0).locationId(),
                run, JournalEntry.ENGINE)));
        entries.add(new JournalEntry(sale.storeId(), sale.channelId(), sale.subject(), "stock-posted", null, words(posting),
                "The store's stock was adjusted, part " + posting.part() + ", key " + posting.input().idempotencyKey(), run,
                JournalEntry.ENGINE));
        return journal.write(connection, entries);
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
        if (failure instanceof ConnectorException.Rejected && !NextTry.concernsAll(failure)) {
            return "idempotency-previous-attempt-failed".equals(failure.code())
                    ? again(pass, posting, failure)
                    : refused(pass, posting, failure);
        }
        return transactions.write(pass.fence(), connection -> postings.retry(connection, posting.id(), failure.getMessage(),
                trouble.gap(posting.failures())))
                .chain(() -> trouble.failed(pass, posting.saleId(), failure));
    }

    /** The store says for sure that nothing was done: the same is sent under another key. */
    private Uni<Void> again(Pass pass, Posting posting, ConnectorException failure) {
        return transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.again(connection, sale, posting,
                        PostingPreparation.adjustment(sale, posting.part(), posting.attempt() + 1, posting.input().changes()))
                        .chain(() -> postings.conclude(connection, posting.id(), "REFUSED", failure.getMessage()))));
    }

    /** Of several items one may be to blame: from now on each goes by itself. One that is refused alone is shown to a person. */
    private Uni<Void> refused(Pass pass, Posting posting, ConnectorException failure) {
        boolean several = posting.input().changes().size() > 1;
        Uni<Void> stored = transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.giveBack(connection, posting.id(), true, several ? Duration.ZERO : PostingTrouble.RESTS)
                        .chain(() -> postings.conclude(connection, posting.id(), "REFUSED", failure.getMessage()))
                        .chain(() -> UnitTable.refresh(connection, sale.id()))
                        .chain(() -> several
                                ? Uni.createFrom().voidItem()
                                : trouble.problem(connection, sale, failure.getMessage()))));
        return several
                ? stored
                : stored.chain(() -> trouble.failed(pass, posting.saleId(), failure));
    }

    /** Asking again could change the stock twice, for the key is no longer kept. */
    Uni<Void> unknownForTooLong(Pass pass, Posting posting) {
        String message = "Whether the store's stock was changed by this sale is not known, and asking again could change it twice. "
                + PostingTrouble.COMPARE;
        return transactions.write(pass.fence(), connection -> sales.lock(connection, posting.saleId())
                .chain(sale -> postings.conclude(connection, posting.id(), "HELD", PostingTrouble.UNKNOWN)
                        .chain(() -> trouble.problem(connection, sale, message))))
                .chain(() -> pass.failed("stock-of-order:" + posting.saleId(), PostingTrouble.UNKNOWN, message));
    }
}
