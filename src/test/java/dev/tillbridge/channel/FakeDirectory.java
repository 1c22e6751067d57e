package dev.tillbridge.channel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import jakarta.enterprise.inject.Instance;

/** A directory that knows one storefront and nothing else, for steps that make and change orders. */
public final class FakeDirectory {

    private FakeDirectory() {}

    @SuppressWarnings("unchecked")
    public static ChannelDirectory of(StoreOrders orders) {
        var storefront = (Storefront) proxy(Storefront.class, orders);
        Instance<Storefront> storefronts = (Instance<Storefront>) Proxy.newProxyInstance(
                FakeDirectory.class.getClassLoader(), new Class<?>[]{ Instance.class}, (self, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        return storefront;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        return new ChannelDirectory(null, null, null, null, null, null, storefronts);
    }

    private static Object proxy(Class<?> type, StoreOrders orders) {
        return Proxy.newProxyInstance(FakeDirectory.class.getClassLoader(), new Class<?>[]{ type},
                (self, method, arguments) -> {
                    try {
                        return method.invoke(orders, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
