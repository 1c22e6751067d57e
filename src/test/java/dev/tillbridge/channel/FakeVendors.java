package dev.tillbridge.channel;

import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Runs the service with a till and a storefront that answer what a test tells them, in place of the connectors. */
public final class FakeVendors implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types",
                "dev.tillbridge.clover.**,dev.tillbridge.shopify.**,dev.tillbridge.sync.**,dev.tillbridge.stock.**");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeTill.class, FakeShop.class);
    }
}
