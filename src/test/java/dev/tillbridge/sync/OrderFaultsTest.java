package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
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

    private static final int CUT = 100;

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
        shop.settings("{\"enabled\":true}", "{\"enabled\":true,\"refundRestock\":\"LINES\",\"skipUnpaid\":false}");
        expected = 500;
        Installation.shopHas(MUG, expected);
        shop.until(() -> Installation.tillOf(MUG).intValue() == expected);

        for (String call : List.of("orders.list", "payments.list")) {
            imports("clover", call, kind);
        }
        longLists(kind);
        for (String call : List.of("OrderCreate", "LevelsById", "StockAdjust")) {
            imports("shopify", call, kind);
        }
        lookedUp(kind);
        refunds("clover", "refunds.list", kind);
        for (String call : List.of("OrderById", "RefundCreate", "StockAdjust")) {
            refunds("shopify", call, kind);
        }
        manyRefunds(kind);
        for (String call : List.of("FulfillmentCancel", "OrderCancel")) {
            voids(List.of(call), kind);
        }
        jobTakesLong(kind);
        paidLater(kind);

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

    /** Clover cuts lists within an order at 100 without a sign: each is read by itself then. */
    private void longLists(String kind) {
        for (String call : List.of("orders.get", "orders.line_items.list", "orders.discounts.list", "orders.payments.list")) {
            fault("clover", call, kind);
        }
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"price\":10000}],\"discounts\":["
                + times("{\"name\":\"Coupon\",\"amount\":-10}") + "],\"payments\":["
                + times("{\"tender\":\"cash\",\"amount\":90}")
                + "]}");
        expected -= 1;
        settled(sale, "lists of 100, " + kind, "90.00", "0.00");
    }

    private void manyRefunds(String kind) {
        String sale = Installation.sells(TWO);
        expected -= 2;
        settled(sale, "before many refunds", "0.00");

        fault("clover", "orders.refunds.list", kind);
        for (int i = 0; i < CUT; i++) {
            ControlApi.post("/clover/refunds", "{\"orderId\":\"" + sale + "\",\"amount\":1}");
        }
        settled(sale, "100 refunds, " + kind, "1.00");
        assertThat(shop.order(sale).getList("refunds.status")).as(kind).hasSize(CUT).containsOnly("DONE");
    }

    private static String times(String each) {
        return String.join(",", Collections.nCopies(CUT, each));
    }

    /** Imported while it is open; when it is paid the order is read, then marked. */
    private void paidLater(String kind) {
        String sale = Installation.sells(TWO.replaceFirst("}$", ",\"paid\":false}"));
        until("open, " + kind, () -> "IMPORTED".equals(shop.orderStatus(sale)));
        fault("shopify", "OrderById", kind);
        fault("shopify", "OrderMarkAsPaid", kind);
        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");
        expected -= 2;
        settled(sale, "paid later, " + kind, "0.00");
        until("paid, " + kind, () -> "PAID".equals(Installation.shopOrders(sale).get(0).get("financialStatus")));
    }

    /** The cancellation takes so long that its job is asked for. */
    private void jobTakesLong(String kind) {
        ControlApi.put("/shopify/settings", "{\"jobMs\":4000}");
        voids(List.of("OrderById", "JobStatus"), kind);
        ControlApi.put("/shopify/settings", "{\"jobMs\":500}");
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

    private void voids(List<String> calls, String kind) {
        String sale = Installation.sells(TWO);
        expected -= 2;
        settled(sale, "before " + calls, "0.00");

        calls.forEach(call -> fault("shopify", call, kind));
        ControlApi.post("/clover/voids", "{\"orderId\":\"" + sale + "\"}");
        expected += 2;
        until("void, " + calls + " " + kind, () -> struck() && stock() == expected
                && "RETURNED".equals(shop.order(sale).getString("stock"))
                && shop.order(sale).getBoolean("storeOrder.cancelled"));
        assertThat(Installation.shopOrders(sale)).as("%s", calls).singleElement()
                .satisfies(order -> assertThat(order.get("cancelled")).isEqualTo(true));
        ControlApi.delete("/faults");
    }

    private void settled(String sale, String what, String refunded) {
        settled(sale, what, "20.00", refunded);
    }

    private void settled(String sale, String what, String total, String refunded) {
        until(what, () -> struck() && "IMPORTED".equals(shop.orderStatus(sale)) && stock() == expected
                && Installation.shopOrders(sale).stream().anyMatch(order -> refunded.equals(order.get("refunded")))
                && !shop.order(sale).getList("refunds.status").stream().anyMatch(status -> !"DONE".equals(status)));
        assertThat(Installation.shopOrders(sale)).as(what).singleElement().satisfies(order -> {
            assertThat(order.get("cancelled")).isEqualTo(false);
            assertThat(order.get("refunded")).isEqualTo(refunded);
            assertThat(order.get("total")).isEqualTo(total);
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
