package dev.tillbridge.order;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Adjustments and refunds that were sent, and that the store never said it made, until its key for them was too old: sent
 * again they could be made twice, left out they could be missing. Only a person who has looked can say.
 */
@ApplicationScoped
class UnknownOutcomes {

    private static final String OF_SALE = """
            select exists (select from stock_adjustment where sale_id = $1 and status = 'HELD') as stock,
              exists (select from sale_refund where sale_id = $1 and status = 'HELD' and reason_code = $2) as refund
            """;

    private static final String ADJUSTMENTS = "select id from stock_adjustment where sale_id = $1 and status = 'HELD' order by part";

    private final PostingRepository postings;
    private final RefundRepository refunds;

    UnknownOutcomes(PostingRepository postings, RefundRepository refunds) {
        this.postings = postings;
        this.refunds = refunds;
    }

    /** What a person says of them. */
    enum Answer {
        /** The store did it: it stands, and is never sent again. */
        DONE("done"),
        /** The store did not: it is still to be done. */
        NOT_DONE("not done");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Why the decision cannot be taken without an answer; null where it can. */
    Uni<String> question(SqlConnection connection, UUID saleId, Decision decision) {
        if (decision.unknownOutcome() != null) {
            return Uni.createFrom().nullItem();
        }
        return connection.preparedQuery(OF_SALE).execute(Tuple.of(saleId, RefundRepository.UNKNOWN)).map(rows -> {
            var found = rows.iterator().next();
            boolean stock = found.getBoolean("stock");
            // A refund that is left alone is not sent again, whatever became of it.
            boolean refund = found.getBoolean("refund") && decision.replays();
            return stock || refund ? question(stock, refund, decision.replays()) : null;
        });
    }

    private static String question(boolean stock, boolean refund, boolean replays) {
        String what = stock && refund
                ? "the store's stock was changed and its order refunded"
                : stock ? "the store's stock was changed" : "the store's order was refunded";
        return "Whether " + what + " by this sale is not known. Compare it in the store, then "
                + (replays ? "replay" : "dismiss") + " this sale by itself with \"unknownOutcome\": DONE if it was, so that it"
                + " stands, or NOT_DONE if it was not, so that it is " + (replays ? "done now" : "not counted as done")
                + ". Of several things do the missing ones in the store by hand, and answer DONE.";
    }

    /** Does nothing without an answer. */
    Uni<Void> settle(SqlConnection connection, UUID saleId, Answer answer) {
        if (answer == null) {
            return Uni.createFrom().voidItem();
        }
        String words = "a person said that it was " + answer.words();
        return connection.preparedQuery(ADJUSTMENTS).execute(Tuple.of(saleId))
                .chain(rows -> Multi.createFrom().iterable(rows)
                        .onItem().transformToUniAndConcatenate(row -> adjustment(connection, row.getUUID(0), answer, words))
                        .collect().last())
                .chain(() -> refunds.answered(connection, saleId, answer == Answer.DONE));
    }

    private Uni<Void> adjustment(SqlConnection connection, UUID id, Answer answer, String words) {
        return answer == Answer.DONE
                ? postings.conclude(connection, id, "POSTED", words)
                : postings.giveBack(connection, id, false, Duration.ZERO)
                        .chain(() -> postings.conclude(connection, id, "REFUSED", words));
    }
}
