package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.SalePage;

/** A till that sells nothing: no test of connecting reads sales. */
class NoSales implements TillSales {

    @Override
    public Multi<SalePage> ordersChanged(TillConnection till, Instant since) {
        return Multi.createFrom().empty();
    }

    @Override
    public Multi<SalePage> ordersCreated(TillConnection till, Instant from, Instant until) {
        return Multi.createFrom().empty();
    }

    @Override
    public Multi<SalePage> paymentsChanged(TillConnection till, Instant since) {
        return Multi.createFrom().empty();
    }

    @Override
    public Multi<SalePage> refundsCreated(TillConnection till, Instant since) {
        return Multi.createFrom().empty();
    }

    @Override
    public Uni<Sale> sale(TillConnection till, String saleId, Pace pace) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<SaleCustomer> customer(TillConnection till, String customerId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<List<OrderType>> orderTypes(TillConnection till) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<SaleNote> note(TillConnection till, String saleId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<Void> writeNote(TillConnection till, String saleId, String text) {
        return Uni.createFrom().failure(none());
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("no test of connecting reads sales");
    }
}
