package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/** Each remote call of an import, a refund and a void fails once in each way: nothing is done twice or left out. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class OrderFaultsTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String MUG = "TB-000001";
    private static final String TWO = "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":2,\"price\":1000}]}";

    private Installation shop;
    private int expected;

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @ParameterizedTest
    @ValueSource(strings = { "RESET_BEFORE", "RESET_AFTER", "SERVER_ERROR_AFTER", "LATENCY"})
    void every_call_may_fail_once(String kind) {
        shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}", "{\"enabled\":true,\"refundRestock\":\"LINES\"}");
        expected = 500;
        Installation.shopHas(MUG, expected);
        shop.until(() -> Installation.tillOf(MUG).intValue() == expected);

        for (String call : List.of("orders.list", "payments.list")) {
            imports("clover", call, kind);
        }
        for (String call : List.of("OrderCreate", "LevelsById", "StockAdjust")) {
            imports("shopify", call, kind);
        }
        lookedUp(kind);
        refunds("clover", "refunds.list", kind);
        for (String call : List.of("OrderById", "RefundCreate", "StockAdjust")) {
            refunds("shopify", call, kind);
        }
        for (String call : List.of("FulfillmentCancel", "OrderCancel")) {
            voids(call, kind);
        }

        // Nothing comes late either
        shop.run(false);
        assertThat(stock()).isEqualTo(expected);
    }

    private void imports(String side, String call, String kind) {
        fault(side, call, kind);
        String sale = Installation.sells(TWO);
        expected -= 2;
        settled(sale, side + " " + call + " " + kind, "0.00");
    }

    /** The order is made, its answer is lost, and the look-up for it fails. */
    private void lookedUp(String kind) {
        fault("shopify", "OrdersByIdentity", kind);
        ControlApi.post("/faults",
                "{\"side\":\"shopify\",\"operation\":\"OrderCreate\",\"kind\":\"RESET_AFTER\",\"nth\":1,\"times\":1}");
        String sale = Installation.sells(TWO);
        expected -= 2;
        settled(sale, "OrdersByIdentity " + kind, "0.00");
    }

    private void refunds(String side, String call, String kind) {
        JsonNode sold = ControlApi.send("POST", "/clover/sales", TWO);
        String sale = sold.path("orderId").asText();
        expected -= 2;
        settled(sale, "before " + call, "0.00");

        fault(side, call, kind);
        ControlApi.post("/clover/refunds",
                "{\"orderId\":\"" + sale + "\",\"lineIds\":[\"" + sold.path("lineIds").get(0).asText() + "\"]}");
        expected += 1;
        settled(sale, "refund, " + side + " " + call + " " + kind, "10.00");
        assertThat(shop.order(sale).getList("refunds.status")).as(call).containsExactly("DONE");
    }

    private void voids(String call, String kind) {
        String sale = Installation.sells(TWO);
        expected -= 2;
        settled(sale, "before " + call, "0.00");

        fault("shopify", call, kind);
        ControlApi.post("/clover/voids", "{\"orderId\":\"" + sale + "\"}");
        expected += 2;
        until("void, " + call + " " + kind, () -> struck() && stock() == expected
                && "RETURNED".equals(shop.order(sale).getString("stock"))
                && shop.order(sale).getBoolean("storeOrder.cancelled"));
        assertThat(Installation.shopOrders(sale)).as(call).singleElement()
                .satisfies(order -> assertThat(order.get("cancelled")).isEqualTo(true));
        ControlApi.delete("/faults");
    }

    private void settled(String sale, String what, String refunded) {
        until(what, () -> struck() && "IMPORTED".equals(shop.orderStatus(sale)) && stock() == expected
                && Installation.shopOrders(sale).stream().anyMatch(order -> refunded.equals(order.get("refunded")))
                && !shop.order(sale).getList("refunds.status").stream().anyMatch(status -> !"DONE".equals(status)));
        assertThat(Installation.shopOrders(sale)).as(what).singleElement().satisfies(order -> {
            assertThat(order.get("cancelled")).isEqualTo(false);
            assertThat(order.get("refunded")).isEqualTo(refunded);
            assertThat(order.get("total")).isEqualTo("20.00");
        });
        assertThat(shop.order(sale).getList("problems")).as(what).isEmpty();
        ControlApi.delete("/faults");
    }

    private void until(String what, Supplier<Boolean> condition) {
        try {
            shop.until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": stock " + stock() + " of " + expected + ", faults "
                    + ControlApi.send("GET", "/faults", "") + ", orders " + Installation.shopOrders(), e);
        }
    }

    /** Whether every fault was met: a case whose call was never made shows nothing. */
    private static boolean struck() {
        List<Map<String, Object>> faults = ControlApi.list("/faults", "faults");
        return faults.stream().allMatch(fault -> Integer.valueOf(1).equals(fault.get("fired")));
    }

    private static void fault(String side, String call, String kind) {
        ControlApi.post("/faults", "{\"side\":\"" + side + "\",\"operation\":\"" + call + "\",\"kind\":\"" + kind
                + "\",\"nth\":1,\"times\":1,\"latencyMs\":" + (kind.equals("LATENCY") ? 3000 : 0) + "}");
    }

    private static int stock() {
        return Installation.shop().get(MUG).intValue();
    }
}
