package dev.tillbridge.order;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** Trouble with posting one sale to the store's stock: it rests, and before long a person is told. Other sales go on. */
@ApplicationScoped
class PostingTrouble {

    /** How long what only a person can mend rests before it is tried again all the same. */
    static final Duration RESTS = Duration.ofHours(1);
    /** Why an adjustment is held whose outcome is not known, and never will be; and what a person does about it. */
    static final String UNKNOWN = "stock-adjustment-unknown";
    static final String COMPARE = "Compare the stock in the store, then replay this sale with unknownOutcome DONE if it was changed, or"
            + " NOT_DONE if it was not. To leave the sale alone, dismiss it with the same answer and stock KEEP";
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final Logger LOG = Logger.getLogger(PostingTrouble.class);

    private final SaleRepository sales;
    private final OpenUnitRepository open;
    private final PostingRepository postings;
    private final SaleStory story;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    PostingTrouble(SaleRepository sales, OpenUnitRepository open, PostingRepository postings, SaleStory story,
            SaleNotices notices, FencedTransactions transactions, OrderConfig config) {
        this.sales = sales;
        this.open = open;
        this.postings = postings;
        this.story = story;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
    }

    /** No adjustment could be made of the sale; nothing was sent. */
    Uni<Void> notPrepared(Pass pass, UUID saleId, Throwable failure) {
        String message = "The units of this sale could not be made ready for the store's stock: " + Containment.message(failure)
                + ". It is tried again every hour; replay it once the cause is mended";
        return transactions.write(pass.fence(), connection -> open.failed(connection, saleId)
                .call(failures -> open.rest(connection, saleId, failures < config.attempts() ? gap(failures - 1) : RESTS)))
                .invoke(failures -> logOnce(failures, saleId, failure))
                .chain(failures -> failures == config.attempts() ? told(pass, saleId, message) : Uni.createFrom().voidItem())
                .chain(() -> failed(pass, saleId, failure));
    }

    /** Something went wrong here while an adjustment was under way: it is sent again verbatim, which does nothing twice. */
    Uni<Void> interrupted(Pass pass, Posting posting, Throwable failure) {
        int failures = posting.failures() + 1;
        Uni<Void> kept = failures < config.attempts()
                ? transactions.write(pass.fence(), connection -> postings.retry(connection, posting.id(),
                        Containment.message(failure), gap(posting.failures())))
                : transactions.write(pass.fence(), connection -> postings.conclude(connection, posting.id(), "HELD",
                        UNKNOWN))
                        .chain(() -> told(pass, posting.saleId(), "What the store answered to the change of its stock by this"
                                + " sale could not be dealt with: " + Containment.message(failure)
                                + ". " + COMPARE));
        return kept.invoke(() -> logOnce(failures, posting.saleId(), failure))
                .chain(() -> failed(pass, posting.saleId(), failure));
    }

    Uni<Void> problem(SqlConnection connection, SaleRow sale, String message) {
        return connection.preparedQuery("update sale set stock_problem = $2 where id = $1")
                .execute(Tuple.of(sale.id(), message))
                .chain(() -> story.step(connection, sale, null, "stock-problem", null, null, message))
                .chain(() -> notices.stockRefused(connection, sale, message));
    }

    Uni<Void> failed(Pass pass, UUID saleId, Throwable failure) {
        return pass.failed("stock-of-order:" + saleId, Containment.code(failure), Containment.message(failure));
    }

    /** How long something rests that was in vain so often before. */
    Duration gap(int failures) {
        return DoublingGap.after(failures, config.firstRetry(), LONGEST_RETRY);
    }

    private Uni<Void> told(Pass pass, UUID saleId, String message) {
        return transactions.write(pass.fence(),
                connection -> sales.lock(connection, saleId).chain(sale -> problem(connection, sale, message)))
                .plug(telling -> Containment.orLogged(telling, LOG, "Nobody could be told of sale " + saleId + ": " + message));
    }

    private static void logOnce(int failures, UUID saleId, Throwable failure) {
        if (failures == 1) {
            LOG.errorf(failure, "Posting sale %s to the store's stock failed", saleId);
        }
    }
}
