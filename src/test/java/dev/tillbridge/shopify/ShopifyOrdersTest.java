package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** The port of orders against the simulated shop, with both positions of what Shopify's documents leave open. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ShopifyOrdersTest {

    private static final Instant AT = Instant.parse("2026-11-22T18:04:31Z");

    @Inject
    ShopifyConnector connector;

    private final ShopConnection shop = shop("shpat_demo");
    private String locationId;
    private String variantId;

    @BeforeEach
    void open() {
        ControlApi.post("/reset", "{}");
        ControlApi.put("/shopify/settings", "{\"searchLagMs\": 0, \"jobMs\": 50}");
        connector.forget(shop);
        get(connector.prepare(shop));
        locationId = get(connector.profile(shop)).locations().get(0).id();
        variantId = Gid.number("ProductVariant", ControlApi.send("POST", "/shopify/products",
                "{\"title\": \"Mug\", \"variants\": [{\"sku\": \"MUG\", \"price\": \"20.00\", \"available\": 9}]}")
                .at("/variantIds/0").asText());
    }

    @Test
    void anOrderIsMadeToTheCentAndReadAgainLineByLine() {
        var created = get(create(shop, draft("A1", true, locationId)));

        assertThat(created.total()).isEqualByComparingTo("47.48");
        assertThat(created.tax()).isEqualByComparingTo("2.50");
        assertThat(created.currency()).isEqualTo("USD");
        assertThat(created.name()).isEqualTo("C-A1");
        assertThat(created.requestId()).isNotBlank();
        var order = order(created.id());
        assertThat(order.name()).isEqualTo("C-A1");
        assertThat(order.total()).isEqualByComparingTo("47.48");
        assertThat(order.refunded()).isZero();
        assertThat(order.cancelled()).isFalse();
        assertThat(order.financialStatus()).isEqualTo("PAID");
        assertThat(order.lines()).extracting(StoreOrder.Line::key).containsExactly("1", "2");
        assertThat(order.lines().get(0)).satisfies(line -> {
            assertThat(line.variantId()).isEqualTo(variantId);
            assertThat(line.quantity()).isEqualTo(2);
            assertThat(line.refundableQuantity()).isEqualTo(2);
            assertThat(line.unitPrice()).isEqualByComparingTo("19.99");
        });
        assertThat(order.lines().get(1).variantId()).isNull();
        assertThat(order.transactions()).singleElement().satisfies(transaction -> {
            assertThat(transaction.kind()).isEqualTo("SALE");
            assertThat(transaction.gateway()).isEqualTo("Cash");
            assertThat(transaction.amount()).isEqualByComparingTo("47.48");
        });
        assertThat(order.fulfillments()).singleElement().extracting(StoreOrder.Fulfillment::status).isEqualTo("SUCCESS");
    }

    @Test
    void makingAnOrderLeavesTheStockAlone() {
        get(create(shop, draft("A1", true, locationId)));

        var stock = ControlApi.send("GET", "/state", "").path("stock");
        assertThat(stock).isNotEmpty();
        assertThat(stock).filteredOn(row -> row.path("sku").asText().equals("MUG")).singleElement()
                .satisfies(row -> assertThat(row.path("shopify").toString()).contains("9"));
    }

    @Test
    void allLinesOfALongOrderComeBack() {
        var lines = IntStream.rangeClosed(1, 250).mapToObj(number -> new OrderDraft.Line("k" + number, null, "T" + number, null,
                1, new BigDecimal("0.10"), false, false, List.of(), List.of())).toList();

        var created = get(create(shop, draft("A1", lines, "25.00")));

        assertThat(created.total()).isEqualByComparingTo("25.00");
        assertThat(order(created.id()).lines()).extracting(StoreOrder.Line::key)
                .containsExactlyElementsOf(lines.stream().map(OrderDraft.Line::key).toList());
    }

    @Test
    void pricesThatHoldTheirTaxesAddUpAsTheyAre() {
        var line = new OrderDraft.Line("1", variantId, "Mug", "MUG", 3, new BigDecimal("3.33"), true, false,
                List.of(new OrderDraft.Tax("VAT", new BigDecimal("0.19"), new BigDecimal("1.60"))), List.of());
        var created = get(create(shop, new OrderDraft("A1", null, null, null, null, "USD", true, true, false,
                AT, null, List.of(), List.of(), List.of(line),
                List.of(new OrderDraft.Transaction("Card", new BigDecimal("14.99"), AT)),
                new OrderDraft.ShippingLine("Courier", new BigDecimal("5.00")), null)));

        assertThat(created.total()).isEqualByComparingTo("14.99");
        assertThat(created.tax()).isEqualByComparingTo("1.60");
        assertThat(order(created.id()).fulfillments()).isEmpty();
    }

    @Test
    void aSecondOrderOfTheSameIdentityIsRefusedAndChangesNothing() {
        var created = get(create(shop, draft("A1", true, null)));

        assertThat(failure(create(shop, draft("A1", true, null))))
                .isInstanceOf(ConnectorException.Rejected.class)
                .extracting(ConnectorException::code).isEqualTo("duplicate-identity");
        assertThat(get(connector.findOrders(shop, "A1"))).extracting(FoundOrder::id).containsExactly(created.id());
    }

    @Test
    void whereDuplicatesAreTakenBothAreFoundTheOlderFirst() {
        ControlApi.put("/behaviour", "{\"duplicateIdMetafield\": \"accepted\"}");
        var older = get(create(shop, draft("A1", true, null)));
        var younger = get(create(shop, draft("A1", true, null)));
        get(create(shop, draft("A1-2", true, null)));

        assertThat(get(connector.findOrders(shop, "A1"))).extracting(FoundOrder::id).containsExactly(older.id(), younger.id());
    }

    @Test
    void anOrderIsFoundAtOnceHoweverFarTheSearchLags() {
        ControlApi.put("/shopify/settings", "{\"searchLagMs\": 60000}");
        var created = get(create(shop, draft("A1", true, null)));

        assertThat(get(connector.findOrders(shop, "A1"))).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(created.id());
            assertThat(found.identity()).isEqualTo("A1");
            assertThat(found.cancelled()).isFalse();
            assertThat(found.total()).isEqualByComparingTo("47.48");
        });
        assertThat(get(connector.findOrders(shop, "A2"))).isEmpty();
    }

    @Test
    void withoutTheDefinitionNothingIsKnownAndThatIsAnError() {
        get(create(shop, draft("A1", true, null)));
        ControlApi.delete("/shopify/definitions/tillbridge/clover_order_id");

        assertThat(failure(connector.findOrders(shop, "A1"))).isInstanceOf(ConnectorException.Rejected.class)
                .extracting(ConnectorException::code).isEqualTo("definition-missing");
        get(connector.prepare(shop));
        assertThat(get(connector.findOrders(shop, "A1"))).hasSize(1);
    }

    /** BEFORE and HTML: nothing was done; the others: it was. The caller cannot tell, and both look the same to it. */
    @ParameterizedTest
    @CsvSource({ "RESET_BEFORE,0", "RESET_AFTER,1", "SERVER_ERROR_BEFORE,0", "SERVER_ERROR_AFTER,1", "TRUNCATED_JSON,1",
            "MALFORMED_JSON,1", "HTML,0"})
    void anOrderOfUnknownOutcomeIsSentOnceAndThenLookedFor(String kind, int made) {
        fault("OrderCreate", kind);

        assertThat(failure(create(shop, draft("A1", true, locationId))))
                .isInstanceOf(ConnectorException.Transient.class)
                .extracting(ConnectorException::outcomeUnknown).isEqualTo(true);
        assertThat(calls("OrderCreate")).isEqualTo(1);
        assertThat(get(connector.findOrders(shop, "A1"))).hasSize(made);
    }

    @ParameterizedTest
    @ValueSource(strings = { "RESET_BEFORE", "RESET_AFTER", "SERVER_ERROR_BEFORE", "TRUNCATED_JSON", "HTML",
            "TOO_MANY_REQUESTS"})
    void lookingIsRepeatedUntilItIsAnswered(String kind) {
        get(create(shop, draft("A1", true, null)));
        fault("OrdersByIdentity", kind);

        assertThat(get(connector.findOrders(shop, "A1"))).hasSize(1);
        assertThat(calls("OrdersByIdentity")).isEqualTo(2);
    }

    @Test
    void ordersMadeSinceComeInPagesWithoutThoseOfTheWebShop() {
        var since = Instant.now().minusSeconds(60);
        var made = get(Multi.createFrom().range(0, 255).onItem()
                .transformToUni(number -> create(shop, draft("A" + number, true, null))).merge(8)
                .map(created -> created.id()).collect().in(HashSet<String>::new, HashSet::add));
        ControlApi.post("/shopify/orders", "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}");

        var pages = get(connector.ordersCreatedSince(shop, since).collect().asList());

        assertThat(pages).hasSize(2);
        assertThat(pages.stream().flatMap(List::stream).map(FoundOrder::id)).hasSize(255)
                .containsExactlyInAnyOrderElementsOf(made);
        assertThat(get(connector.ordersCreatedSince(shop, Instant.now().plusSeconds(60)).collect().asList()))
                .containsExactly(List.of());
    }

    @Test
    void aRefundIsWrittenOnceHoweverOftenItIsSent() {
        var order = order(get(create(shop, draft("A1", true, locationId))).id());
        var refund = refund("key-1", order, "21.24");
        fault("RefundCreate", "RESET_AFTER");

        assertThat(failure(connector.refund(shop, refund)).outcomeUnknown()).isTrue();
        var id = get(connector.refund(shop, refund));

        assertThat(get(connector.refund(shop, refund))).isEqualTo(id);
        assertThat(order(order.id())).satisfies(now -> {
            assertThat(now.refunded()).isEqualByComparingTo("21.24");
            assertThat(now.financialStatus()).isEqualTo("PARTIALLY_REFUNDED");
            assertThat(now.lines().get(0).refundableQuantity()).isEqualTo(1);
            assertThat(now.transactions()).filteredOn(transaction -> transaction.kind().equals("REFUND")).singleElement()
                    .extracting(StoreOrder.Transaction::parentId).isEqualTo(order.transactions().get(0).id());
        });
        assertThat(failure(connector.refund(shop, refund("key-1", order, "1.00"))).code())
                .isEqualTo("idempotency-key-parameter-mismatch");
        assertThat(failure(connector.refund(shop, refund("key-2", order, "40.00")))).isInstanceOf(
                ConnectorException.Rejected.class).extracting(ConnectorException::code).isEqualTo("refused");
    }

    @Test
    void anOrderIsCancelledOnceItsFulfillmentIsAndMoneyStays() {
        var order = order(get(create(shop, draft("A1", true, locationId))).id());
        assertThat(failure(connector.cancelOrder(shop, order.id(), "Voided"))).isInstanceOf(
                ConnectorException.Rejected.class);

        get(connector.cancelFulfillment(shop, order.fulfillments().get(0).id()));
        assertThat(order(order.id()).fulfillments()).isEmpty();
        var job = get(connector.cancelOrder(shop, order.id(), "Voided at the till"));
        await().atMost(Duration.ofSeconds(10)).until(() -> get(connector.jobDone(shop, job)));

        assertThat(order(order.id())).satisfies(now -> {
            assertThat(now.cancelled()).isTrue();
            assertThat(now.refunded()).isZero();
        });
        assertThat(get(connector.cancelOrder(shop, order.id(), "Voided at the till"))).isNull();
        assertThat(get(connector.findOrders(shop, "A1"))).singleElement().extracting(FoundOrder::cancelled).isEqualTo(true);
    }

    @Test
    void aPendingOrderIsMarkedAsPaidAndTwiceIsOnce() {
        var order = order(get(create(shop, draft("A1", false, null))).id());
        assertThat(order.financialStatus()).isEqualTo("PENDING");
        fault("OrderMarkAsPaid", "SERVER_ERROR_AFTER");

        assertThat(failure(connector.markPaid(shop, order.id())).outcomeUnknown()).isTrue();
        get(connector.markPaid(shop, order.id()));

        assertThat(order(order.id())).satisfies(now -> {
            assertThat(now.financialStatus()).isEqualTo("PAID");
            assertThat(now.transactions()).hasSize(1);
        });
    }

    @Test
    void whatIsOlderThanSixtyDaysIsNotSeenWithoutTheScopeForIt() {
        var id = get(create(shop, draft("A1", true, null))).id();
        ControlApi.post("/shopify/orders/" + id, "{\"createdAt\": \"" + Instant.now().minus(Duration.ofDays(61)) + "\"}");
        ControlApi.post("/shopify/tokens", "{\"token\": \"shpat_recent\", \"scopes\": [\"write_orders\", \"read_products\"]}");
        var recent = shop("shpat_recent");

        assertThat(get(connector.order(recent, id))).isNull();
        assertThat(failure(connector.refund(recent, refund("key", order(id), "1.00")))).isInstanceOf(
                ConnectorException.Rejected.class);
        assertThat(get(connector.order(shop, id))).isNotNull();
    }

    @Test
    void anOrderThatIsGoneIsNull() {
        var id = get(create(shop, draft("A1", true, null))).id();
        ControlApi.post("/shopify/orders/" + id, "{\"delete\": true}");

        assertThat(get(connector.order(shop, id))).isNull();
    }

    @Test
    void aTokenThatMayNotWriteIsUnauthorizedAndMakesNothing() {
        ControlApi.post("/shopify/tokens", "{\"token\": \"shpat_reader\", \"scopes\": [\"read_orders\"]}");

        assertThat(failure(create(shop("shpat_reader"), draft("A1", true, null))))
                .isInstanceOf(ConnectorException.Unauthorized.class);
        assertThat(get(connector.findOrders(shop, "A1"))).isEmpty();
    }

    @Test
    void aVariantThatIsGoneIsNamedByItsLine() {
        ControlApi.delete("/shopify/variants?sku=MUG");

        assertThat(failure(create(shop, draft("A1", true, null))))
                .hasMessageContaining("line item 1, variant id")
                .extracting(ConnectorException::code).isEqualTo("invalid");
    }

    @Test
    void aShopThatTakesFewOrdersAMinuteAsksToSlowDown() {
        ControlApi.put("/shopify/settings", "{\"ordersPerMinute\": 1}");
        get(create(shop, draft("A1", true, null)));

        assertThat(failure(create(shop, draft("A2", true, null))))
                .isInstanceOf(ConnectorException.Throttled.class);
        assertThat(get(connector.findOrders(shop, "A2"))).isEmpty();
    }

    @Test
    void aCustomerIsReachedByTheOrderItself() {
        var draft = draft("A1", true, null).withCustomer(new SaleCustomer("Ann", "Lee", "ann@example.com", "+14165550101"));

        assertThat(get(create(shop, draft)).total()).isEqualByComparingTo("47.48");
    }

    private Uni<CreatedOrder> create(ShopConnection at, OrderDraft draft) {
        return connector.createOrder(at, draft, () -> true);
    }

    private OrderDraft draft(String identity, boolean paid, String fulfilledAt) {
        var mug = new OrderDraft.Line("1", variantId, "Mug", "MUG", 2, new BigDecimal("19.99"), true, false,
                List.of(new OrderDraft.Tax("State tax", new BigDecimal("0.0625"), new BigDecimal("2.50"))),
                List.of(new OrderDraft.Attribute("Colour", "blue")));
        var wrap = new OrderDraft.Line("2", null, "Gift wrap", null, 1, new BigDecimal("5.00"), false, false, List.of(),
                List.of());
        return new OrderDraft(identity, "C-" + identity, "Sold at the till", "clover",
                "https://www.clover.com/orders/" + identity, "USD", false, paid, true, AT, fulfilledAt,
                List.of("clover", "till"), List.of(new OrderDraft.Attribute("clover_employee", "Jo")), List.of(mug, wrap),
                paid ? List.of(new OrderDraft.Transaction("Cash", new BigDecimal("47.48"), AT)) : List.of(), null, null);
    }

    private OrderDraft draft(String identity, List<OrderDraft.Line> lines, String total) {
        return new OrderDraft(identity, null, null, null, null, "USD", false, true, false, AT, null, List.of(), List.of(),
                lines, List.of(new OrderDraft.Transaction("Cash", new BigDecimal(total), AT)), null, null);
    }

    private static RefundDraft refund(String key, StoreOrder order, String amount) {
        return new RefundDraft(key, order.id(), "Given back at the till", AT,
                List.of(new RefundDraft.Line(order.lines().get(0).id(), 1)),
                List.of(new RefundDraft.Transaction(order.transactions().get(0).id(), "Cash", new BigDecimal(amount))));
    }

    private StoreOrder order(String id) {
        return get(connector.order(shop, id));
    }

    private static ShopConnection shop(String token) {
        return new ShopConnection(SandboxResource.SHOP, new ShopConnection.AccessToken(Secret.of(token)));
    }

    private static void fault(String operation, String kind) {
        ControlApi.delete("/requests");
        ControlApi.post("/faults", "{\"side\":\"shopify\",\"operation\":\"" + operation + "\",\"kind\":\"" + kind
                + "\",\"nth\":1,\"times\":1}");
    }

    private static long calls(String operation) {
        return SandboxResource.sandbox().requests("shopify").operations().getOrDefault(operation, 0L);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }

    private static ConnectorException failure(Uni<?> uni) {
        var failure = get(uni.map(item -> (Throwable) new AssertionError("No failure but " + item)).onFailure()
                .recoverWithItem(thrown -> thrown));
        assertThat(failure).isInstanceOf(ConnectorException.class);
        return (ConnectorException) failure;
    }
}
