package dev.tillbridge.channel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.UUID;

import jakarta.enterprise.inject.Vetoed;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Secret;

/** What is connected, as a test says it: one kind of store and of till, without credentials in the database. */
@Vetoed
public final class StubDirectory extends ChannelDirectory {

    private final Storefront storefront;
    private final PointOfSale till;

    public StubDirectory(Storefront storefront, PointOfSale till) {
        super(null, null, null, null, null, null, null);
        this.storefront = storefront;
        this.till = till;
    }

    /** One whose store makes and changes orders, and no more. */
    public static StubDirectory of(StoreOrders orders) {
        Object storefront = Proxy.newProxyInstance(StubDirectory.class.getClassLoader(), new Class<?>[]{ Storefront.class},
                (self, method, arguments) -> {
                    try {
                        return method.invoke(orders, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new StubDirectory((Storefront) storefront, null);
    }

    @Override
    public Uni<ConnectedStore> store(UUID storeId) {
        return Uni.createFrom().item(
                new ConnectedStore(storeId, "demo.myshopify.com", "Shop", "USD", false, "UTC", StoreStatus.CONNECTED));
    }

    @Override
    public Uni<ShopConnection> shopConnection(UUID storeId) {
        return Uni.createFrom().item(
                new ShopConnection("demo.myshopify.com", new ShopConnection.AccessToken(Secret.of("shpat_test"))));
    }

    @Override
    public Uni<TillConnection> tillConnection(UUID channelId) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public PointOfSale pointOfSale(String integration) {
        return till;
    }

    @Override
    public Storefront storefront() {
        return storefront;
    }
}
