package dev.tillbridge.channel;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

import dev.tillbridge.testing.TestIssuer;

/** Runs the service with a till and a storefront that answer what a test tells them, in place of the connectors. */
public final class FakeVendors implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types",
                "dev.tillbridge.clover.**,dev.tillbridge.shopify.**,dev.tillbridge.sync.**,dev.tillbridge.stock.**",
                // As behind an Ingress: a test may come from any address, and over HTTPS.
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                // However slow the machine is, nothing is let in again while a test looks.
                "tillbridge.sign-in.one-more-every", "PT30M");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeTill.class, FakeShop.class);
    }

    /** API keys and the tokens of an OpenID provider side by side; elsewhere no provider is set up. */
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TestIssuer.class));
    }
}
