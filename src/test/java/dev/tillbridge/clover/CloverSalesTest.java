package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static dev.tillbridge.clover.CloverConnectorTest.till;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleLine;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;
import dev.tillbridge.order.SaleRefund;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** A till's sales against the sandbox. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverSalesTest {

    private static final TillConnection TILL = till("us", SandboxResource.CLOVER_TOKEN);
    private static final String NOBODY = "0000000000000";

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
    }

    private static JsonNode made(String fields) {
        return ControlApi.send("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"Repair\",\"price\":1000,\"units\":2}]" + (fields.isEmpty() ? "" : ",") + fields + "}");
    }

    private static String sold(String fields) {
        return made(fields).path("orderId").asText();
    }

    private static String created(Instant time) {
        return "\"createdTime\":" + time.toEpochMilli();
    }

    private static Instant hoursAgo(int hours) {
        return Instant.now().minus(Duration.ofHours(hours));
    }

    private static List<SaleMention> all(Multi<SalePage> pages) {
        return await(pages.collect().asList()).stream().peek(page -> {
            assertThat(page.asOf()).isNotNull();
            assertThat(page.vendorTime()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        }).flatMap(page -> page.mentions().stream()).toList();
    }

    private Sale sale(String id) {
        return await(clover.sale(TILL, id, Pace.FULL));
    }

    @Test
    void aTillThatSoldNothingAnswersEmptyPages() {
        assertThat(all(clover.ordersChanged(TILL, hoursAgo(1)))).isEmpty();
        assertThat(all(clover.ordersCreated(TILL, hoursAgo(1), null))).isEmpty();
        assertThat(all(clover.paymentsChanged(TILL, hoursAgo(1)))).isEmpty();
        assertThat(all(clover.refundsCreated(TILL, hoursAgo(1)))).isEmpty();
        assertThat(sale(NOBODY)).isNull();
        assertThat(await(clover.customer(TILL, NOBODY))).isNull();
    }

    @Test
    void aSaleIsReadWholeWithThreeRequestsAndNamesOnceAnHour() {
        ControlApi.post("/seed", "{\"sides\":[\"clover\"],\"variants\":3}");
        JsonNode made = ControlApi.send("POST", "/clover/sales",
                """
                {"lines":[{"sku":"TB-000001","units":2,"modifications":[{"name":"Gift wrap","amount":150}],
                  "discounts":[{"name":"Staff","percentage":10}],"taxRates":[{"name":"Sales tax","rate":825000},{"name":"Bottle","flat":10}]},
                  {"name":"Repair","price":1500,"note":"left shoe"}],
                 "discounts":[{"name":"Coupon","amount":-200}],"serviceCharge":{"name":"Service","percentageDecimal":180000},
                 "tip":100,"tender":"cash","orderType":"Pick Up","customerEmail":"ada@example.com","note":"Window","test":true}""");

        Sale sale = sale(made.path("orderId").asText());

        assertThat(ControlApi.calls("orders.get")).isEqualTo(2);
        assertThat(ControlApi.calls("orders.line_items.list")).isEqualTo(1);
        assertThat(sale.total()).isEqualTo(made.path("total").asLong());
        assertThat(sale.paymentState()).isEqualTo("PAID");
        assertThat(sale.state()).isEqualTo("locked");
        assertThat(sale.test()).isTrue();
        assertThat(sale.note()).isEqualTo("Window");
        assertThat(sale.orderType()).isEqualTo("Pick Up");
        assertThat(sale.deviceId()).hasSize(36);
        assertThat(sale.serviceCharge().percentage()).isEqualTo(180000);
        assertThat(sale.discounts()).singleElement().satisfies(discount -> assertThat(discount.amount()).isEqualTo(-200));
        assertThat(sale.lines()).hasSize(3);
        assertThat(sale.lines()).filteredOn(line -> line.itemId() != null).hasSize(2).allSatisfy(line -> {
            assertThat(line.modifications()).singleElement().isEqualTo(
                    new SaleLine.Modification(line.modifications().get(0).id(), "Gift wrap", 150));
            assertThat(line.discounts().get(0).percentage()).isEqualTo(10);
            assertThat(line.taxRates()).extracting("rate", "flat").containsExactlyInAnyOrder(
                    tuple(825000L, null), tuple(0L, 10L));
        });
        assertThat(sale.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.cash()).isTrue();
            assertThat(payment.tender()).isNotBlank();
            assertThat(payment.amount()).isEqualTo(sale.total());
            assertThat(payment.tip()).isEqualTo(100);
            assertThat(payment.received()).isTrue();
        });
        assertThat(await(clover.customer(TILL, sale.customerId())).email()).isEqualTo("ada@example.com");

        assertThat(sale(sale.id())).isEqualTo(sale);
        assertThat(ControlApi.calls("tenders.list")).isEqualTo(1);
        assertThat(ControlApi.calls("order_types.list")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 99, 100, 101, 1001})
    void listsAsLongAsCloverExpandsOrLongerAreReadToTheirEnd(int length) {
        String payments = IntStream.range(0, length).mapToObj(i -> "{\"tender\":\"cash\",\"amount\":10}")
                .collect(Collectors.joining(",", "[", "]"));
        String discounts = IntStream.range(0, length).mapToObj(i -> "{\"name\":\"x\",\"amount\":-1}")
                .collect(Collectors.joining(",", "[", "]"));
        JsonNode made = ControlApi.send("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"Apple\",\"price\":11,\"units\":" + length
                        + "}],\"payments\":" + payments + ",\"discounts\":" + discounts + "}");
        String id = made.path("orderId").asText();
        List<String> lineIds = new ArrayList<>();
        made.path("lineIds").forEach(line -> lineIds.add(line.asText()));
        ControlApi.post("/clover/refunds", "{\"orderId\":\"" + id + "\"}");

        Sale sale = sale(id);

        assertThat(sale.lines()).extracting(SaleLine::id).containsExactlyInAnyOrderElementsOf(lineIds);
        assertThat(sale.payments()).hasSize(length).doesNotHaveDuplicates();
        assertThat(sale.discounts()).hasSize(length).doesNotHaveDuplicates();
        assertThat(sale.refunds()).hasSize(length).doesNotHaveDuplicates();
        assertThat(sale.refunds()).flatExtracting(SaleRefund::lineIds).containsExactlyInAnyOrderElementsOf(lineIds);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 1})
    void allOrdersArePagedThroughWhetherTheyShareATimeOrNot(long secondsApart) {
        Instant begin = hoursAgo(5);
        Set<String> sold = new HashSet<>();
        for (int i = 0; i < 1100; i++) {
            sold.add(sold(created(begin.plusSeconds(i * secondsApart))));
        }

        assertThat(ids(all(clover.ordersChanged(TILL, begin.minusSeconds(1))))).isEqualTo(sold);
        assertThat(ids(all(clover.ordersCreated(TILL, begin.minusSeconds(1), null)))).isEqualTo(sold);
        assertThat(all(clover.paymentsChanged(TILL, begin.minusSeconds(1)))).extracting(SaleMention::saleId).hasSize(1100)
                .containsExactlyInAnyOrderElementsOf(sold);
    }

    @Test
    void ordersThatMoveWhileTheyArePagedThroughAreNotSkipped() {
        Instant begin = hoursAgo(5);
        List<String> sold = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            sold.add(sold(created(begin.plusSeconds(i))));
        }
        AtomicBoolean moved = new AtomicBoolean();

        Set<String> seen = ids(all(clover.ordersChanged(TILL, begin.minusSeconds(1))
                .emitOn(Infrastructure.getDefaultWorkerPool()).invoke(page -> {
                    if (moved.compareAndSet(false, true)) {
                        IntStream.of(3, 500, 900, 990, 1005, 1050).forEach(i -> ControlApi.post("/clover/orders",
                                "{\"orderId\":\"" + sold.get(i) + "\",\"note\":\"moved\"}"));
                    }
                })));

        assertThat(moved).isTrue();
        assertThat(seen).isEqualTo(new HashSet<>(sold));
    }

    private static Set<String> ids(List<SaleMention> mentions) {
        return mentions.stream().map(SaleMention::id).collect(Collectors.toSet());
    }

    @Test
    void aWindowHoldsItsBeginningAndNotItsEndAndIsNoLongerThanNinetyDays() {
        Instant end = Instant.ofEpochSecond(hoursAgo(3).getEpochSecond());
        Instant begin = end.minus(Duration.ofDays(90));
        String first = sold(created(begin));
        String late = sold(created(end.minusSeconds(1)));
        sold(created(end));

        assertThat(all(clover.ordersCreated(TILL, begin, end))).extracting(SaleMention::id).containsExactly(first, late);
        assertThatThrownBy(() -> all(clover.ordersCreated(TILL, begin.minusMillis(1), end)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> all(clover.ordersCreated(TILL, begin, null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHiddenOrderIsFoundByItsPayment() {
        ControlApi.put("/behaviour", "{\"hiddenOrders\":\"yes\"}");
        String id = sold("");

        assertThat(all(clover.ordersChanged(TILL, hoursAgo(1)))).isEmpty();
        assertThat(all(clover.paymentsChanged(TILL, hoursAgo(1)))).singleElement().satisfies(mention -> {
            assertThat(mention.kind()).isEqualTo(SaleMention.Kind.PAYMENT);
            assertThat(mention.saleId()).isEqualTo(id);
            assertThat(mention.amount()).isEqualTo(2000);
        });
        assertThat(sale(id)).satisfies(sale -> {
            assertThat(sale.state()).isNull();
            assertThat(sale.paymentState()).isEqualTo("PAID");
        });
    }

    @Test
    void aLateTipIsFoundByItsPaymentThoughItsOrderLooksTheSame() {
        JsonNode made = made(created(hoursAgo(2)));
        String id = made.path("orderId").asText();
        SaleMention order = all(clover.ordersChanged(TILL, hoursAgo(3))).get(0);
        SaleMention payment = all(clover.paymentsChanged(TILL, hoursAgo(3))).get(0);
        assertThat(all(clover.paymentsChanged(TILL, hoursAgo(1)))).isEmpty();

        ControlApi.post("/clover/payments", "{\"paymentId\":\"" + made.path("paymentIds").path(0).asText() + "\",\"tip\":70}");

        assertThat(all(clover.ordersChanged(TILL, hoursAgo(3)))).containsExactly(order);
        assertThat(all(clover.paymentsChanged(TILL, hoursAgo(1)))).singleElement().satisfies(tipped -> {
            assertThat(tipped.id()).isEqualTo(payment.id());
            assertThat(tipped.stamp()).isNotEqualTo(payment.stamp());
        });
        assertThat(sale(id).payments().get(0).tip()).isEqualTo(70);
    }

    @Test
    void refundsAndCreditsAreToldOfWithOrWithoutAnOrder() {
        JsonNode made = made("");
        String id = made.path("orderId").asText();
        String line = made.path("lineIds").path(0).asText();
        ControlApi.post("/clover/refunds", "{\"orderId\":\"" + id + "\",\"lineIds\":[\"" + line + "\"]}");
        ControlApi.post("/clover/credits", "{\"orderId\":\"" + id + "\",\"amount\":5}");
        ControlApi.post("/clover/credits", "{\"amount\":7}");

        List<SaleMention> mentions = all(clover.refundsCreated(TILL, hoursAgo(1)));

        assertThat(mentions).extracting("kind", "saleId", "amount").containsExactlyInAnyOrder(
                tuple(SaleMention.Kind.REFUND, id, 1000L),
                tuple(SaleMention.Kind.CREDIT, id, 5L),
                tuple(SaleMention.Kind.CREDIT, null, 7L));
        assertThat(mentions.get(0).kind()).isEqualTo(SaleMention.Kind.REFUND);
        Sale sale = sale(id);
        assertThat(sale.refunds()).extracting(SaleRefund::kind).containsExactly(SaleRefund.Kind.REFUND,
                SaleRefund.Kind.CREDIT);
        assertThat(sale.refunds().get(0).lineIds()).containsExactly(line);
        assertThat(sale.refunds()).allMatch(SaleRefund::effective);
        assertThat(sale.lines()).filteredOn(SaleLine::refunded).extracting(SaleLine::id).containsExactly(line);
    }

    @Test
    void aSaleThatChangesWhileItIsReadIsReadAgain() {
        String id = sold(created(hoursAgo(2)));
        slowLines(1);
        CompletableFuture<Sale> reading = CompletableFuture.supplyAsync(() -> sale(id));
        untilOpened();

        ControlApi.post("/clover/orders", "{\"orderId\":\"" + id + "\",\"addLines\":[{\"name\":\"Lace\",\"price\":300}]}");

        assertThat(reading.join().lines()).hasSize(3);
        assertThat(reading.join().total()).isEqualTo(2300);
        assertThat(ControlApi.calls("orders.get")).isEqualTo(4);
    }

    @Test
    void aSaleThatNeverRestsIsGivenUpForNow() throws InterruptedException {
        String id = sold(created(hoursAgo(2)));
        slowLines(3);
        CompletableFuture<Sale> reading = CompletableFuture.supplyAsync(() -> sale(id));

        for (int total = 1; !reading.isDone(); total++) {
            ControlApi.post("/clover/orders", "{\"orderId\":\"" + id + "\",\"total\":" + total + "}");
            Thread.sleep(50);
        }

        assertThatThrownBy(reading::join).cause().isInstanceOfSatisfying(ConnectorException.Transient.class,
                failure -> assertThat(failure.code()).isEqualTo("sale-in-motion"));
        assertThat(ControlApi.calls("orders.get")).isEqualTo(6);
    }

    private static void slowLines(int times) {
        ControlApi.post("/faults",
                "{\"side\":\"clover\",\"operation\":\"orders.line_items.list\",\"kind\":\"LATENCY\",\"nth\":1,"
                        + "\"times\":" + times + ",\"latencyMs\":600}");
    }

    private static void untilOpened() {
        long begin = System.nanoTime();
        while (ControlApi.calls("orders.get") == 0) {
            assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.onSpinWait();
        }
    }

    @Test
    void aWrongTokenIsUnauthorizedEverywhereButForTheCustomerASaleDoesWithout() {
        TillConnection wrong = till("us", "secret-of-a-merchant");

        assertThatThrownBy(() -> all(clover.ordersChanged(wrong, hoursAgo(1))))
                .isInstanceOf(ConnectorException.Unauthorized.class).hasMessageNotContaining("secret-of-a-merchant");
        assertThatThrownBy(() -> all(clover.ordersCreated(wrong, hoursAgo(1), null)))
                .isInstanceOf(ConnectorException.Unauthorized.class);
        assertThatThrownBy(() -> all(clover.paymentsChanged(wrong, hoursAgo(1))))
                .isInstanceOf(ConnectorException.Unauthorized.class);
        assertThatThrownBy(() -> all(clover.refundsCreated(wrong, hoursAgo(1))))
                .isInstanceOf(ConnectorException.Unauthorized.class);
        assertThatThrownBy(() -> await(clover.sale(wrong, NOBODY, Pace.FULL)))
                .isInstanceOf(ConnectorException.Unauthorized.class);
        assertThatThrownBy(() -> await(clover.orderTypes(wrong))).isInstanceOf(ConnectorException.Unauthorized.class);
        assertThat(await(clover.customer(wrong, NOBODY))).isNull();
        assertThat(ControlApi.calls("orders.list")).as("401 is not tried again").isEqualTo(2);
    }

    @Test
    void withoutTheRightsToNamesASaleIsReadWithoutThem() {
        String id = sold("\"customerPhone\":\"+1 555 0100\",\"orderType\":\"Delivery\"");
        TillConnection bare = till("us", ControlApi.token("\"ORDERS_R\",\"PAYMENTS_R\""));

        Sale sale = await(clover.sale(bare, id, Pace.FULL));

        assertThat(sale.payments().get(0).tender()).isNull();
        assertThat(sale.payments().get(0).cash()).isFalse();
        assertThat(sale.orderTypeId()).isNotNull();
        assertThat(sale.orderType()).isNull();
        assertThat(sale.employee()).isNull();
        assertThat(await(clover.customer(bare, sale.customerId()))).isNull();
        assertThat(await(clover.customer(TILL, sale.customerId())))
                .isEqualTo(new SaleCustomer("Till", "Customer", null, "+1 555 0100"));
    }

    @ParameterizedTest
    @CsvSource({ "orders.get,TOO_MANY_REQUESTS", "orders.get,SERVER_ERROR_BEFORE", "orders.get,RESET_AFTER",
            "orders.line_items.list,TRUNCATED_JSON", "orders.line_items.list,MALFORMED_JSON", "orders.line_items.list,HTML",
            "tenders.list,SERVER_ERROR_BEFORE"})
    void aSaleGetsOverWhatPassesByItself(String operation, String kind) {
        String id = sold("");
        ControlApi.fault(operation, kind, 2);

        assertThat(sale(id).payments().get(0).tender()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "TOO_MANY_REQUESTS", "SERVER_ERROR_BEFORE", "SERVER_ERROR_AFTER", "RESET_BEFORE", "RESET_AFTER",
            "TRUNCATED_JSON", "MALFORMED_JSON", "HTML"})
    void listsGetOverWhatPassesByItself(String kind) {
        String id = sold("");
        ControlApi.fault("orders.list", kind, 2);

        assertThat(all(clover.ordersChanged(TILL, hoursAgo(1)))).extracting(SaleMention::id).containsExactly(id);
        assertThat(ControlApi.calls("orders.list")).isEqualTo(3);
    }

    @Test
    void aFaultThatStaysFailsTheRead() {
        String id = sold("");
        ControlApi.fault("orders.line_items.list", "SERVER_ERROR_BEFORE", 6);

        assertThatThrownBy(() -> sale(id)).isInstanceOfSatisfying(ConnectorException.Transient.class,
                failure -> assertThat(failure.code()).isEqualTo("server-error"));
    }

    @Test
    void theTillsOrderTypesCanBeChosenFrom() {
        assertThat(await(clover.orderTypes(TILL))).extracting(OrderType::label).containsExactlyInAnyOrder("In Store", "Pick Up",
                "Delivery");
    }

    @Test
    void whatIsNoIdIsNeverSent() {
        assertThatThrownBy(() -> sale("../items")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(clover.customer(TILL, "a b"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(SandboxResource.sandbox().requests("clover").total()).isZero();
    }
}
