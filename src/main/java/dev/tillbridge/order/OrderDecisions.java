package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.order.Decision.StockChoice;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;

/** What people decide about sales: try again, or leave it. Asked twice it is done once, and the journal says who did it. */
@ApplicationScoped
class OrderDecisions {

    private static final int MOST = 500;
    private static final String OUTCOME_UNKNOWN = "Whether its order was made is being found out; that takes two minutes at most. Try again then.";

    /** Problems of an order that stands, which nothing compares again. */
    private static final Set<String> LASTING = Set.of("store-total-differs", "cancelled-in-store", "refund-taken-back",
            "order-gone", "order-edited", "refunded-in-store");

    private static final String FIND = "select s.id from sale s where " + OrderFilter.CONDITION
            + " order by s.pos_created_at, s.id limit $7";

    private static final String ONE = """
            select id from sale where channel_id = $1 and pos_order_id = $2 order by kind desc limit 1
            """;

    /** Read anew before anything is done with it: what it was judged by may have changed at the till. */
    private static final String REPLAY = """
            update sale set dismissed = false, reason_code = null, reason = null, problem_code = null, problem = null, stock_problem = null,
              shipment_problem = null, attempts = 0, looks = 0, look_at = clock_timestamp(), version = version + 1,
              status = case when store_order_id is not null then 'IMPORTED' else 'SEEN' end,
              act_at = case when store_order_id is not null then clock_timestamp() end
            where id = $1
            """;

    /**
     * Behind a problem that lasted, a change of the sale may have gone unnamed: it is looked at once more. What the store's order
     * deviates by is known to a person from now on.
     */
    private static final String DISMISS = """
            update sale set dismissed = store_order_id is null, look_at = case when store_order_id is not null then look_at end,
              act_at = case when store_order_id is null then null when problem_code = any ($3::text[]) then clock_timestamp() else act_at end,
              acknowledged_hash = case when problem_code = 'changed-after-import' then content_hash else acknowledged_hash end,
              told_deviation = case when problem_code = 'cancelled-in-store' then problem_code || ':' || store_order_id
                when problem_code = any ($3::text[]) then coalesce(told_deviation, problem_code) else told_deviation end,
              problem_code = null, problem = null, stock_problem = null, shipment_problem = null,
              status = case when store_order_id is not null then status else 'SKIPPED' end,
              reason_code = case when store_order_id is not null then null else 'dismissed' end,
              reason = case when store_order_id is not null then null else $2 end, version = version + 1
            where id = $1
            """;

    /** What could not be written into the till's note is tried again. */
    private static final String NOTE_AGAIN = """
            update sale_note set act_at = clock_timestamp(), attempts = 0 where sale_id = $1 and told is distinct from wanted
            """;

    /** The goods are gone, though nobody paid yet: nothing will be read of the sale that could take them off later. */
    private static final String KEEP = """
            update sale_unit set wanted = sold - returned, reserved = 0, unpaid = false where sale_id = $1 and (unpaid or reserved <> 0)
            """;

    private static final String RETURN = """
            update sale_unit set wanted = 0, reserved = 0, unpaid = false, returned = sold, returned_at = clock_timestamp(), post_at = null
            where sale_id = $1
            """;

    private final SaleRepository sales;
    private final RefundRepository refunds;
    private final UnknownOutcomes unknown;
    private final SaleStory story;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final Event<ChannelChanged> changed;

    OrderDecisions(SaleRepository sales, RefundRepository refunds, UnknownOutcomes unknown, SaleStory story,
            SaleNotices notices, FencedTransactions transactions, Event<ChannelChanged> changed) {
        this.sales = sales;
        this.refunds = refunds;
        this.unknown = unknown;
        this.story = story;
        this.notices = notices;
        this.transactions = transactions;
        this.changed = changed;
    }

    /**
     * How many sales the filter found, with how many it was done, and those it was not done with.
     *
     * @param more whether the filter finds more than one call does: send it again
     */
    record Outcome(int matched, int done, List<Refused> refused, boolean more) {}

    record Refused(String posOrderId, String reason) {}

    Uni<Void> decide(ConnectedChannel channel, String posOrderId, Decision decision) {
        return transactions.alone(channel.storeId(), connection -> connection.preparedQuery(ONE)
                .execute(Tuple.of(channel.id(), posOrderId)).chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw ProblemCode.NOT_FOUND.problem("This channel has no such sale.");
                    }
                    return decide(connection, rows.iterator().next().getUUID(0), decision);
                }))
                .invoke(refusal -> {
                    if (refusal != null) {
                        throw ProblemCode.CONFLICT.problem(refusal.reason());
                    }
                    changed.fire(new ChannelChanged(channel.storeId()));
                }).replaceWithVoid();
    }

    Uni<Outcome> decide(ConnectedChannel channel, OrderFilter filter, Decision decision) {
        return transactions.alone(channel.storeId(), connection -> connection.preparedQuery(FIND)
                .execute(OrderList.tuple(channel.id(), filter).addInteger(MOST + 1))
                .chain(rows -> {
                    List<UUID> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    List<UUID> now = ids.size() > MOST ? ids.subList(0, MOST) : ids;
                    return Multi.createFrom().iterable(now)
                            .onItem().transformToUniAndConcatenate(id -> decide(connection, id, decision)
                                    .map(refusal -> refusal == null ? List.<Refused>of() : List.of(refusal)))
                            .collect().asList()
                            .map(refusals -> {
                                List<Refused> refused = refusals.stream().flatMap(List::stream).toList();
                                return new Outcome(now.size(), now.size() - refused.size(), refused, ids.size() > MOST);
                            });
                }))
                .invoke(() -> changed.fire(new ChannelChanged(channel.storeId())));
    }

    /** Null where it was done. */
    private Uni<Refused> decide(SqlConnection connection, UUID id, Decision decision) {
        return sales.lock(connection, id).chain(row -> refusal(connection, row, decision).chain(refusal -> refusal != null
                ? Uni.createFrom().item(new Refused(row.posOrderId(), refusal))
                : (decision.replays() ? replay(connection, row, decision) : dismiss(connection, row, decision))
                        .replaceWith((Refused) null)));
    }

    private Uni<String> refusal(SqlConnection connection, SaleRow row, Decision decision) {
        String refusal = decision.replays() ? noReplay(row) : noDismissal(row, decision.stock());
        return refusal != null || (!decision.replays() && settled(row))
                ? Uni.createFrom().item(refusal)
                : unknown.question(connection, row.id(), decision);
    }

    private static String noReplay(SaleRow row) {
        if (row.credit()) {
            return "Money given back without a sale cannot be imported. Write it down in the store by hand, then dismiss this.";
        }
        if (row.problemCode() != null && LASTING.contains(row.problemCode())) {
            return "Trying again does not mend this: " + row.problem() + ". Then dismiss it.";
        }
        return row.status() == SaleStatus.CREATING ? OUTCOME_UNKNOWN : null;
    }

    private static String noDismissal(SaleRow row, StockChoice stock) {
        if (row.status() == SaleStatus.CREATING) {
            return OUTCOME_UNKNOWN;
        }
        return row.inStore() && stock == StockChoice.RETURN
                ? "Its order stands in the store. Refund or void the sale at the till, and its stock goes back; KEEP only sees to its problem."
                : null;
    }

    private Uni<Void> replay(SqlConnection connection, SaleRow row, Decision decision) {
        return connection.preparedQuery(REPLAY).execute(Tuple.of(row.id()))
                .chain(() -> connection.preparedQuery(NOTE_AGAIN).execute(Tuple.of(row.id())))
                .chain(() -> refunds.replayed(connection, row.id()))
                .chain(() -> unknown.settle(connection, row.id(), decision.unknownOutcome()))
                .chain(() -> connection
                        .preparedQuery("update sale_unit set post_at = null where sale_id = $1 and post_at is not null")
                        .execute(Tuple.of(row.id())))
                .chain(() -> over(connection, row, "order-replayed", "Tried again by a person" + said(decision),
                        decision.by()));
    }

    /** There is nothing left to dismiss. */
    private static boolean settled(SaleRow row) {
        return row.dismissed() || (row.inStore() && row.problemCode() == null && row.stockProblem() == null
                && row.shipmentProblem() == null);
    }

    private Uni<Void> dismiss(SqlConnection connection, SaleRow row, Decision decision) {
        if (settled(row)) {
            return Uni.createFrom().voidItem();
        }
        boolean keep = decision.stock() == StockChoice.KEEP;
        return connection.preparedQuery(DISMISS)
                .execute(Tuple.of(row.id(), decision.reason(), LASTING.toArray(String[]::new)))
                .chain(() -> unknown.settle(connection, row.id(), decision.unknownOutcome()))
                .chain(() -> refunds.dismissed(connection, row.id(), decision.reason()))
                .chain(() -> connection.preparedQuery(keep ? KEEP : RETURN).execute(Tuple.of(row.id())))
                .chain(() -> over(connection, row, "order-dismissed",
                        decision.reason() + " (stock: " + decision.stock() + ")" + said(decision), decision.by()));
    }

    private static String said(Decision decision) {
        return decision.unknownOutcome() == null
                ? ""
                : "; what was of unknown outcome was found " + decision.unknownOutcome().words();
    }

    private Uni<Void> over(SqlConnection connection, SaleRow row, String kind, String cause, String by) {
        return UnitTable.refresh(connection, row.id())
                .chain(() -> notices.settled(connection, row))
                .chain(() -> notices.stockSettled(connection, row))
                .chain(() -> notices.shipmentSettled(connection, row))
                .chain(() -> sales.get(connection, row.id()))
                .chain(now -> story.decided(connection, row, kind, row.status().name(), now.status().name(), cause, by));
    }
}
