package dev.tillbridge.order;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Pass;

/** Leaves a sale to a person: on its row, in its story and by mail, in one transaction. */
@ApplicationScoped
class SaleTrouble {

    /** Why a call that writes was not made: nobody may write for a store whose lease may pass on while the call is under way. */
    static final String TAKEOVER = "It was not sent, because another copy of Tillbridge may be about to take over this store. It is"
            + " tried again in a moment";
    /** Of an order that may have been made or not. */
    static final String LOOK_YOURSELF = "Look for it in the store: dismiss this if it is there, replay this if it is not";

    /** Why something is left to a person that failed too often. */
    static final String EXHAUSTED = "attempts-exhausted";

    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;

    SaleTrouble(SaleRepository sales, OrderRepository orders, SaleStory story, SaleNotices notices) {
        this.sales = sales;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
    }

    /** Fails with {@code not-sent} where the lease may pass on while a call is under way. */
    static Uni<Void> mayWrite(Pass pass, OrderConfig config) {
        return Uni.createFrom().deferred(() -> pass.fence().endsWithin(config.leaseReserve())
                ? Uni.createFrom().failure(new ConnectorException.Transient("not-sent", TAKEOVER, false, null))
                : Uni.createFrom().voidItem());
    }

    static String exhausted(int attempts, String lastFailure) {
        return "Tried " + attempts + " times. The last time: " + lastFailure + ". Replay this sale once that is mended";
    }

    /** It is not imported until the person has acted. */
    Uni<Void> hold(SqlConnection connection, SaleRow row, SaleStatus before, String code, String message) {
        return sales.stands(connection, row.id(), SaleStatus.HELD, code, message, null)
                .chain(() -> story.step(connection, row, null, "sale-held", before.name(), "HELD", message))
                .chain(() -> notices.held(connection, row, message));
    }

    /** Its order stands, and nothing more is done about it before a person replays it, or the sale changes. */
    Uni<Void> stop(SqlConnection connection, SaleRow row, String code, String message) {
        return problem(connection, row, "order-problem", code, message).chain(() -> orders.done(connection, row));
    }

    /**
     * Its order stands, and something about it is wrong.
     *
     * @param step of its story
     */
    Uni<Void> problem(SqlConnection connection, SaleRow row, String step, String code, String message) {
        return orders.problem(connection, row.id(), code, message)
                .chain(() -> story.step(connection, row, null, step, null, null, message))
                .chain(() -> notices.held(connection, row, message));
    }
}
