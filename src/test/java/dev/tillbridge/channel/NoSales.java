package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.SalePage;

/** A till that sells nothing: no test of connecting reads sales. */
class NoSales implements TillSales, TillWebhooks {

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

    @Override
    public boolean knowsItsVendor() {
        return false;
    }

    @Override
    public boolean authentic(UnaryOperator<String> header) {
        return false;
    }

    @Override
    public TillNews news(byte[] body) {
        return new TillNews(null, List.of(), Map.of());
    }

    @Override
    public Uni<SaleMention> saleMention(TillConnection till, String saleId) {
        return Uni.createFrom().failure(none());
    }

    @Override
    public Uni<SaleMention> paymentMention(TillConnection till, String paymentId) {
        return Uni.createFrom().failure(none());
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("no test of connecting reads sales");
    }
}
