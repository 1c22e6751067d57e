package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardAddressTest {

    private static final UUID CHANNEL = UUID.fromString("7b1c2d3e-4f50-4a61-8b72-9c83ad94be05");

    @ParameterizedTest
    @CsvSource({ "/api/v1/channels/1/orders?status=ATTENTION, /channels/1/orders?status=ATTENTION",
            "/api/v1/channels/1/orders/4ZK7QW1T2M3N4, /channels/1/orders/4ZK7QW1T2M3N4",
            "/api/v1/channels/1/orders, /channels/1/orders",
            "/api/v1/channels/1/links?status=till-only, /channels/1/items?status=till-only",
            "/api/v1/channels/1/products?status=ATTENTION, /channels/1/items?status=unlinked",
            "/api/v1/channels/1/journal, /channels/1/runs",
            "/api/v1/channels/1, /connect",
            "/api/v1/stores/2, /connect",
            "/api/v1/stores/2/reconciliations/3, /channels/7b1c2d3e-4f50-4a61-8b72-9c83ad94be05/reconciliations/3",
            "/api/v1/webhooks/demands, /api/v1/webhooks/demands"})
    void mailsLeadToPagesWhereThereAreSome(String path, String address) {
        assertThat(DashboardAddress.of(path, CHANNEL)).isEqualTo(address);
    }
}
