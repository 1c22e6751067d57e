package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;

/** Makes and changes orders. An answer that does not tell what was done leaves the outcome unknown. */
@Singleton
class ShopifyOrders {

    /** Longer ones are refused (schema text of orderCancel). */
    private static final int LONGEST_STAFF_NOTE = 255;

    private final ShopifyCalls calls;
    private final OrderReader reader;

    ShopifyOrders(ShopifyCalls calls, OrderReader reader) {
        this.calls = calls;
        this.reader = reader;
    }

    Uni<CreatedOrder> create(ShopConnection shop, OrderDraft draft, BooleanSupplier mayStart) {
        return send(shop, ShopifyOperation.ORDER_CREATE,
                () -> Map.of("order", OrderInput.order(draft), "options", OrderInput.OPTIONS), mayStart).map(answer -> {
                    var payload = present(answer.as(OrderWire.OrderCreated.class, ShopifyOperation.ORDER_CREATE).orderCreate(),
                            ShopifyOperation.ORDER_CREATE);
                    var refused = OrderRefusals.judge(payload.userErrors(), draft.customer() != null);
                    refuse(refused, payload.order());
                    var order = present(payload.order(), ShopifyOperation.ORDER_CREATE);
                    return new CreatedOrder(number("Order", order.id(), ShopifyOperation.ORDER_CREATE), order.name(),
                            OrderMapper.amount(order.totalPriceSet()), OrderMapper.amount(order.totalTaxSet()),
                            OrderMapper.currency(order.totalPriceSet()), answer.requestId());
                });
    }

    Uni<List<FoundOrder>> find(ShopConnection shop, String identity) {
        return reader.find(shop, identity);
    }

    Multi<List<FoundOrder>> createdSince(ShopConnection shop, Instant since) {
        return reader.createdSince(shop, since);
    }

    Multi<List<StoreOrderTotals>> totalsSince(ShopConnection shop, Instant since) {
        return reader.totalsSince(shop, since);
    }

    Uni<StoreOrder> order(ShopConnection shop, String orderId) {
        return reader.order(shop, orderId);
    }

    Uni<Void> markPaid(ShopConnection shop, String orderId) {
        return send(shop, ShopifyOperation.ORDER_MARK_AS_PAID,
                () -> Map.of("input", Map.of("id", Gid.of("Order", orderId)))).map(answer -> {
                    var payload = present(
                            answer.as(OrderWire.MarkedAsPaid.class, ShopifyOperation.ORDER_MARK_AS_PAID).orderMarkAsPaid(),
                            ShopifyOperation.ORDER_MARK_AS_PAID);
                    // Shopify refuses an order that is paid; then there is nothing left to do.
                    if (payload.order() == null || !"PAID".equals(payload.order().displayFinancialStatus())) {
                        refuse(ShopifyFailures.judge(payload.userErrors(), ShopifyOperation.ORDER_MARK_AS_PAID), null);
                    }
                    present(payload.order(), ShopifyOperation.ORDER_MARK_AS_PAID);
                    return null;
                });
    }

    Uni<String> refund(ShopConnection shop, RefundDraft draft) {
        return send(shop, ShopifyOperation.REFUND_CREATE,
                () -> Map.of("input", OrderInput.refund(draft), "idempotencyKey", draft.idempotencyKey())).map(answer -> {
                    var payload = present(
                            answer.as(OrderWire.RefundCreated.class, ShopifyOperation.REFUND_CREATE).refundCreate(),
                            ShopifyOperation.REFUND_CREATE);
                    refuse(ShopifyFailures.judge(payload.userErrors(), ShopifyOperation.REFUND_CREATE), payload.refund());
                    return number("Refund", present(payload.refund(), ShopifyOperation.REFUND_CREATE).id(),
                            ShopifyOperation.REFUND_CREATE);
                });
    }

    Uni<Void> cancelFulfillment(ShopConnection shop, String fulfillmentId) {
        return send(shop, ShopifyOperation.FULFILLMENT_CANCEL, () -> Map.of("id", Gid.of("Fulfillment", fulfillmentId)))
                .map(answer -> {
                    var payload = present(answer.as(OrderWire.FulfillmentCancelled.class, ShopifyOperation.FULFILLMENT_CANCEL)
                            .fulfillmentCancel(), ShopifyOperation.FULFILLMENT_CANCEL);
                    if (payload.fulfillment() == null || !"CANCELLED".equals(payload.fulfillment().status())) {
                        refuse(ShopifyFailures.judge(payload.userErrors(), ShopifyOperation.FULFILLMENT_CANCEL), null);
                    }
                    present(payload.fulfillment(), ShopifyOperation.FULFILLMENT_CANCEL);
                    return null;
                });
    }

    Uni<String> cancel(ShopConnection shop, String orderId, String staffNote) {
        return send(shop, ShopifyOperation.ORDER_CANCEL, () -> {
            var variables = new HashMap<String, Object>();
            variables.put("orderId", Gid.of("Order", orderId));
            variables.put("staffNote", shortened(staffNote));
            return variables;
        }).map(answer -> {
            var payload = present(answer.as(OrderWire.OrderCancelled.class, ShopifyOperation.ORDER_CANCEL).orderCancel(),
                    ShopifyOperation.ORDER_CANCEL);
            refuse(ShopifyFailures.judge(payload.orderCancelUserErrors(), ShopifyOperation.ORDER_CANCEL), payload.job());
            return present(present(payload.job(), ShopifyOperation.ORDER_CANCEL).id(), ShopifyOperation.ORDER_CANCEL);
        }).onFailure(ConnectorException.Rejected.class).recoverWithUni(refusal -> unlessCancelled(shop, orderId, refusal));
    }

    /** A job that is not known is an error: it says nothing of whether its work was done. */
    Uni<Boolean> jobDone(ShopConnection shop, String jobId) {
        return calls.call(shop, ShopifyOperation.JOB_STATUS, Map.of("id", jobId), Priority.SALES).map(answer -> {
            var job = answer.as(OrderWire.JobStatus.class, ShopifyOperation.JOB_STATUS).job();
            if (job == null) {
                throw new ConnectorException.Rejected("job-not-found", 200, "Shopify knows no job " + jobId);
            }
            return job.done();
        });
    }

    /** The code of the refusal covers other reasons too, so the order itself is asked. */
    private Uni<String> unlessCancelled(ShopConnection shop, String orderId, Throwable refusal) {
        return reader.order(shop, orderId).onFailure().transform(unread -> {
            refusal.addSuppressed(unread);
            return refusal;
        }).chain(order -> order != null && order.cancelled()
                ? Uni.createFrom().<String>nullItem()
                : Uni.createFrom().failure(refusal));
    }

    private Uni<GraphqlAnswer> send(ShopConnection shop, ShopifyOperation operation, Variables variables) {
        return send(shop, operation, variables, () -> true);
    }

    private Uni<GraphqlAnswer> send(ShopConnection shop, ShopifyOperation operation, Variables variables,
            BooleanSupplier mayStart) {
        return Uni.createFrom().deferred(() -> calls.call(shop, operation, variables.get(), Priority.SALES, mayStart));
    }

    /** @param made what exists only where the call was done: errors beside it are no refusal */
    private static void refuse(ConnectorException refused, Object made) {
        if (refused != null) {
            throw made == null
                    ? refused
                    : new ConnectorException.Transient("partly-answered", refused.getMessage(), true, null);
        }
    }

    private static <T> T present(T value, ShopifyOperation operation) {
        if (value == null) {
            throw ShopifyFailures.invalid(operation);
        }
        return value;
    }

    private static String number(String type, String gid, ShopifyOperation operation) {
        if (!Gid.is(type, gid)) {
            throw ShopifyFailures.invalid(operation);
        }
        return Gid.number(type, gid);
    }

    private static String shortened(String note) {
        return note == null || note.codePointCount(0, note.length()) <= LONGEST_STAFF_NOTE
                ? note
                : note.substring(0, note.offsetByCodePoints(0, LONGEST_STAFF_NOTE));
    }

    /** Written when the call is made, so that a draft that cannot be sent fails the call and not its caller. */
    private interface Variables {
        Map<String, Object> get();
    }
}
