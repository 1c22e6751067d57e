package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;
import dev.tillbridge.shipment.ShippedOrder;
import dev.tillbridge.shipment.ShippedPage;

/** A store whose orders no test touches, but for what it overrides. */
public class NoOrders implements StoreOrders {

    @Override
    public Uni<CreatedOrder> createOrder(ShopConnection shop, OrderDraft draft, BooleanSupplier mayStart) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<List<FoundOrder>> findOrders(ShopConnection shop, String identity) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Multi<List<FoundOrder>> ordersCreatedSince(ShopConnection shop, Instant since) {
        return Multi.createFrom().failure(none());
    }

    @Override
    public Multi<List<StoreOrderTotals>> orderTotalsSince(ShopConnection shop, Instant since) {
        return Multi.createFrom().failure(none());
    }

    @Override
    public Uni<Duration> ordersShownFor(ShopConnection shop) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<StoreOrder> order(ShopConnection shop, String orderId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<Void> markPaid(ShopConnection shop, String orderId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<String> refund(ShopConnection shop, RefundDraft draft) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<Void> cancelFulfillment(ShopConnection shop, String fulfillmentId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<String> cancelOrder(ShopConnection shop, String orderId, String staffNote) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<Boolean> jobDone(ShopConnection shop, String jobId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Multi<ShippedPage> ordersShippedSince(ShopConnection shop, Instant since) {
        return Multi.createFrom().failure(none());
    }

    @Override
    public Uni<ShippedOrder> shippedOrder(ShopConnection shop, String orderId) {
        return Uni.createFrom().failure(none());
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("no test of connecting makes orders");
    }
}
