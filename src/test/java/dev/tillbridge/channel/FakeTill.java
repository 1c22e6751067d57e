package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.order.OrderType;

/** A till whose tokens say what they may do: {@code good…} everything, {@code readonly…} all but writing stock, anything else nothing. */
@Alternative
@Singleton
class FakeTill extends NoCatalogue implements PointOfSale {

    static final List<String> PERMISSIONS = List.of("INVENTORY_R", "INVENTORY_W", "MERCHANT_R");

    final List<TillConnection> probed = new CopyOnWriteArrayList<>();
    final List<TillConnection> forgotten = new CopyOnWriteArrayList<>();
    private volatile ConnectorException failure;
    private volatile TillMerchant merchant;
    private volatile List<OrderType> orderTypes;

    FakeTill() {
        reset();
    }

    void reset() {
        probed.clear();
        forgotten.clear();
        failure = null;
        merchant = new TillMerchant("3D19QN31ANYR5", "Demo Merchant", "USD", "America/New_York", false, true, true);
        orderTypes = List.of(new OrderType("DELIVERY", "Delivery"), new OrderType("TABLE", "Table"));
    }

    void orderTypes(OrderType... those) {
        orderTypes = List.of(those);
    }

    void failWith(ConnectorException next) {
        failure = next;
    }

    void merchant(TillMerchant next) {
        merchant = next;
    }

    @Override
    public Integration integration() {
        return new Integration("clover", "till", "Clover",
                List.of(new Integration.Field("region", "Region", "Where the account is", false,
                        List.of("us", "eu", "la", "sandbox"))),
                PERMISSIONS.stream().map(key -> new Integration.Permission(key, "Label of " + key, "for tests")).toList());
    }

    @Override
    public boolean isMerchantId(String merchantId) {
        return merchantId.matches("[0-9A-Z]{13}");
    }

    @Override
    public Uni<TillProbe> probe(TillConnection till) {
        probed.add(till);
        if (failure != null) {
            return Uni.createFrom().failure(failure);
        }
        var token = till.token().reveal();
        if (!token.startsWith("good") && !token.startsWith("readonly")) {
            return Uni.createFrom().failure(new ConnectorException.Unauthorized(
                    "Clover does not accept this token for this merchant in this region."));
        }
        var granted = new ArrayList<>(PERMISSIONS);
        var missing = new ArrayList<String>();
        if (token.startsWith("readonly")) {
            granted.remove("INVENTORY_W");
            missing.add("INVENTORY_W");
        }
        return Uni.createFrom().item(new TillProbe(merchant, granted, missing, List.of()));
    }

    @Override
    public Uni<List<OrderType>> orderTypes(TillConnection till) {
        return failure == null ? Uni.createFrom().item(orderTypes) : Uni.createFrom().failure(failure);
    }

    @Override
    public Uni<TillMerchant> merchant(TillConnection till) {
        return Uni.createFrom().item(merchant);
    }

    @Override
    public Multi<ItemPage> items(TillConnection till, Instant modifiedSince, Pace pace) {
        return Multi.createFrom().empty();
    }

    @Override
    public Uni<List<StockReading>> readStock(TillConnection till, List<String> itemIds) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<StockReading> readStock(TillConnection till, String itemId) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting reads stock"));
    }

    @Override
    public Uni<StockReading> writeStock(TillConnection till, String itemId, BigDecimal quantity) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting writes stock"));
    }

    @Override
    public Uni<ItemPage> readItems(TillConnection till, List<String> itemIds) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting reads items"));
    }

    @Override
    public Uni<List<ItemPrice>> writePrices(TillConnection till, List<ItemPrice> prices) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting writes prices"));
    }

    @Override
    public void forget(TillConnection till) {
        forgotten.add(till);
    }
}
