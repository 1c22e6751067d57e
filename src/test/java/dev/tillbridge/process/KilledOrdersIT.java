package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.process.KilledMoment.Trade;
import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/**
 * The service is killed during each remote call that an import, a refund and a void are made of, and started again: each time
 * all of it is done once.
 */
class KilledOrdersIT {

    /** It is started anew for each moment, and does little in each life. */
    private static final String[] QUICK_START = { "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};
    private static final String MUG = "TB-000001";

    private SandboxProcess sandbox;
    private ServiceProcess service;
    private String database;
    private String orders;
    private final List<Sold> all = new ArrayList<>();
    private int stock = 500;

    /** A sale of two mugs, and what must be in the end: {@code refunded} of its order, which stands unless it is {@code cancelled}. */
    private record Sold(String id, String line, String refunded, boolean cancelled) {}

    @Test
    void killedDuringAnyCallOfAnOrderItDoesAllOfItOnce() throws Exception {
        database = SandboxResource.freshDatabase();
        try (SandboxProcess started = SandboxProcess.start("killed-orders-sandbox", "-Dsandbox.clover-limits=false",
                "-Dsandbox.shopify-limits=false", "-Dsandbox.search-lag=PT0.5S")) {
            sandbox = started;
            sandbox.seed("{\"seed\":7,\"variants\":20,\"locations\":1}");
            control("/shopify/levels", "{\"sku\":\"" + MUG + "\",\"available\":" + stock + "}");
            try (ServiceProcess begun = ServiceProcess.start("killed-orders", config(), QUICK_START)) {
                service = begun;
                connect();
                Deque<Sold> imported = importedFor(KilledMoment.ALL);
                for (KilledMoment moment : KilledMoment.ALL) {
                    kill(moment, moment.trade() == Trade.SALE ? null : imported.remove());
                }
                // What is done twice comes late: at the next look for doubles.
                Thread.sleep(5_000);
                all.forEach(sold -> assertRight(sold, "in the end"));
            }
        }
    }

    private Map<String, String> config() {
        Map<String, String> config = ServiceProcess.configWithTls(database, sandbox);
        config.put("tillbridge.clover.rate.per-second", "1000");
        config.put("tillbridge.sync.order-poll", "PT0.2S");
        config.put("tillbridge.sync.stock-poll", "PT1S");
        config.put("tillbridge.order.first-retry", "PT0.2S");
        config.put("tillbridge.order.look-up-after", "PT4S");
        // What was asked for when it was killed is looked for after the reserve and this, once no call can be under way any more. A
        // call may take longer than a fault holds it.
        config.put("tillbridge.shopify.timeout", "PT10S");
        config.put("tillbridge.order.lease-reserve", "PT11S");
        config.put("tillbridge.order.look-up-again", "PT0.5S");
        config.put("tillbridge.order.sweep-after", "PT2S");
        return config;
    }

    private void connect() throws Exception {
        ServiceApi api = service.api();
        String channel = api.connectDemoChannel(api.connectDemoStore());
        orders = ServiceApi.path(channel) + "/orders";
        api.turnOnOrderSync(channel);
    }

    /** Sales that are refunded or voided later. */
    private Deque<Sold> importedFor(List<KilledMoment> moments) {
        Deque<Sold> imported = new ArrayDeque<>();
        moments.stream().filter(moment -> moment.trade() != Trade.SALE).forEach(moment -> imported.add(sell()));
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> imported.forEach(sold -> assertRight(sold, "before")));
        return imported;
    }

    private void kill(KilledMoment moment, Sold before) throws SQLException {
        moment.faults().forEach(fault -> control("/faults", fault));
        Sold wanted = trade(moment.trade(), before);
        all.remove(before);
        all.add(wanted);
        await("each of the calls is under way: " + moment).atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50))
                .until(() -> stream(sandbox.control("GET", "/faults", null).path("faults"))
                        .allMatch(fault -> fault.path("fired").asInt() == 1));

        service.kill();
        assertThat(sandbox.control("DELETE", "/faults", null).path("faults")).isEmpty();
        endLease();
        service.restart();

        await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertRight(wanted, moment.toString()));
    }

    private Sold trade(Trade trade, Sold before) {
        if (trade == Trade.SALE) {
            Sold sold = sell();
            all.remove(sold);
            return sold;
        }
        if (trade == Trade.REFUND) {
            control("/clover/refunds", "{\"orderId\":\"" + before.id() + "\",\"lineIds\":[\"" + before.line() + "\"]}");
            stock += 1;
            return new Sold(before.id(), before.line(), "10.00", false);
        }
        control("/clover/voids", "{\"orderId\":\"" + before.id() + "\"}");
        stock += 2;
        return new Sold(before.id(), before.line(), "0.00", true);
    }

    private Sold sell() {
        JsonNode answer = control("/clover/sales",
                "{\"lines\":[{\"sku\":\"" + MUG + "\",\"units\":2,\"price\":1000}]}");
        stock -= 2;
        Sold sold = new Sold(answer.path("orderId").asText(), answer.at("/lineIds/0").asText(), "0.00", false);
        all.add(sold);
        return sold;
    }

    private void assertRight(Sold sold, String when) {
        JsonNode state = sandbox.control("GET", "/state", null);
        assertThat(stream(state.path("shopifyOrders"))
                .filter(order -> order.path("sourceIdentifier").asText().startsWith(sold.id()))).as(when).singleElement()
                .satisfies(order -> {
                    assertThat(order.path("total").asText()).as(when).isEqualTo("20.00");
                    assertThat(order.path("cancelled").asBoolean()).as(when).isEqualTo(sold.cancelled());
                    if (!sold.cancelled()) {
                        assertThat(order.path("refunded").asText()).as(when).isEqualTo(sold.refunded());
                    }
                });
        assertThat(stream(state.path("stock")).filter(row -> row.path("sku").asText().equals(MUG)).findFirst().orElseThrow()
                .path("shopify").asInt()).as("stock, " + when).isEqualTo(stock);
        JsonNode shown = service.api().http().get(orders + "/" + sold.id());
        assertThat(shown.path("status").asText()).as(when).isEqualTo("IMPORTED");
        assertThat(shown.path("stock").asText()).as(when).isEqualTo(sold.cancelled() ? "RETURNED" : "POSTED");
        assertThat(shown.at("/storeOrder/cancelled").asBoolean()).as(when).isEqualTo(sold.cancelled());
        assertThat(shown.path("problems")).as(when).isEmpty();
        assertThat(stream(shown.path("refunds")).map(refund -> refund.path("status").asText())).as(when)
                .allMatch("DONE"::equals).hasSize(sold.refunded().equals("0.00") ? 0 : 1);
    }

    /** The lease of a process that is gone runs out; nobody here waits for it. */
    private void endLease() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update store_lease set held_until = now(), due_at = now()")).isEqualTo(1);
        }
    }

    private JsonNode control(String path, String body) {
        return sandbox.control("POST", path, body);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
