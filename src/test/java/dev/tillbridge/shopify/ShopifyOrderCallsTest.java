package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.platform.VendorUsage;
import dev.tillbridge.testing.SandboxResource;

/** Orders against answers laid out one by one: what a simulated shop that behaves cannot be made to say. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ShopifyOrderCallsTest {

    private static final Instant AT = Instant.parse("2026-11-22T18:04:31Z");
    private static final ShopConnection SHOP = new ShopConnection("demo.myshopify.com",
            new ShopConnection.AccessToken(Secret.of("shpat_secret")));
    private static final RefundDraft REFUND = new RefundDraft("key-1", "7", "Given back", AT,
            List.of(new RefundDraft.Line("8", 1)), List.of(new RefundDraft.Transaction("9", "Cash", BigDecimal.TEN)));
    private static final String CREATED = StubShop.data("""
            {"orderCreate": {"order": {"id": "gid://shopify/Order/7", "name": "C-A",
             "totalPriceSet": {"shopMoney": {"amount": "47.48", "currencyCode": "USD"}},
             "totalTaxSet": {"shopMoney": {"amount": "2.5"}}}, "userErrors": []}}""");
    private static final String NONE = StubShop.data(
            "{\"byCustomId\": null, \"bySource\": {\"nodes\": [], \"pageInfo\": {\"hasNextPage\": false, \"endCursor\": null}}}");

    @Inject
    Vertx vertx;

    private StubShop stub;
    private ShopifyOrders orders;

    @BeforeEach
    void open() {
        stub = new StubShop(vertx);
        var config = new StubConfig(stub.url());
        var calls = new ShopifyCalls(new ShopifySessions(new ShopifyTransport(config, Traces.none()), config, vertx),
                new GraphqlDocuments(), new ShopifyMetrics(new SimpleMeterRegistry()), VendorUsage.unsaved(), config);
        orders = new ShopifyOrders(calls, new OrderReader(calls));
    }

    @AfterEach
    void close() {
        stub.close();
    }

    /** Each call that changes something, with the name of its operation and of the field it answers. */
    record Change(String operation, String field, Function<ShopifyOrders, Uni<?>> call) {
        @Override
        public String toString() {
            return operation;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("OrderCreate", "orderCreate", orders -> orders.create(SHOP, Orders.draft("A"), () -> true)),
                new Change("OrderMarkAsPaid", "orderMarkAsPaid", orders -> orders.markPaid(SHOP, "7")),
                new Change("RefundCreate", "refundCreate", orders -> orders.refund(SHOP, REFUND)),
                new Change("FulfillmentCancel", "fulfillmentCancel", orders -> orders.cancelFulfillment(SHOP, "6")),
                new Change("OrderCancel", "orderCancel", orders -> orders.cancel(SHOP, "7", "Voided")));
    }

    @Test
    void aNewOrderTellsItsNumberTotalsAndRequest() {
        stub.withRequestId("b3c9-1").on("OrderCreate", CREATED);

        assertThat(get(orders.create(SHOP, Orders.draft("A"), () -> true))).isEqualTo(new CreatedOrder("7", "C-A",
                new BigDecimal("47.48"), new BigDecimal("2.5"), "USD", "b3c9-1"));
        var sent = stub.requests("OrderCreate").get(0).variables();
        assertThat(sent.getJsonObject("order").getString("sourceIdentifier")).isEqualTo("A");
        assertThat(sent.getJsonObject("options").getString("inventoryBehaviour")).isEqualTo("BYPASS");
    }

    @Test
    void aNewOrderIsNotSentWhereItMayNotBeAnyMore() {
        stub.on("OrderCreate", CREATED);

        assertThat(failure(orders.create(SHOP, Orders.draft("A"), () -> false))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("not-sent");
            assertThat(failure.outcomeUnknown()).isFalse();
        });
        assertThat(stub.requests("OrderCreate")).isEmpty();
    }

    @Test
    void anAnswerWithoutRequestIdOrTotalsHasNone() {
        stub.on("OrderCreate", StubShop.data(
                "{\"orderCreate\": {\"order\": {\"id\": \"gid://shopify/Order/7\", \"name\": \"#1\"}, \"userErrors\": []}}"));

        assertThat(get(orders.create(SHOP, Orders.draft("A"), () -> true)))
                .isEqualTo(new CreatedOrder("7", "#1", null, null, null, null));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeOfUnknownOutcomeIsSentOnce(Change change) {
        stub.cut(change.operation(), CREATED, 0).cut(change.operation(), CREATED, 20)
                .fail(change.operation(), 503, "<html>").on(change.operation(), "<html>", "{\"data\":{\"ord", "{}",
                        "{\"data\":{\"" + change.field() + "\":null}}",
                        "{\"data\":{\"" + change.field() + "\":{\"userErrors\":[],\"orderCancelUserErrors\":[]}}}",
                        "{\"errors\":[{\"message\":\"Internal error\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}",
                        "{\"data\":{\"" + change.field() + "\":{\"userErrors\":[]}},"
                                + "\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}");

        for (int i = 1; i <= 10; i++) {
            assertThat(failure(change.call().apply(orders))).as("answer " + i)
                    .isInstanceOf(ConnectorException.Transient.class)
                    .extracting(ConnectorException::outcomeUnknown).isEqualTo(true);
            assertThat(stub.requests(change.operation())).hasSize(i);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeThatWasNotDoneIsKnownAsSuch(Change change) {
        var denied = "{\"data\":{\"" + change.field() + "\":null},\"errors\":[{\"message\":\"no\","
                + "\"extensions\":{\"code\":\"ACCESS_DENIED\",\"requiredAccess\":\"`write_orders` access scope\"}}]}";
        stub.on(change.operation(), denied).fail(change.operation(), 401, "").fail(change.operation(), 402, "")
                .on(change.operation(), denied.replace("write_orders", "read_all_orders"));

        assertThat(failure(change.call().apply(orders))).isInstanceOf(ConnectorException.Unauthorized.class)
                .hasMessageContaining("write_orders");
        assertThat(failure(change.call().apply(orders))).isInstanceOf(ConnectorException.Unauthorized.class);
        if (change.operation().equals("OrderCancel")) {
            stub.fail("OrderById", 402, "");
        }
        assertThat(failure(change.call().apply(orders)).code()).isEqualTo("shop-frozen");
        assertThat(failure(change.call().apply(orders)).code()).isEqualTo("order-too-old");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aThrottledChangeIsSentAgainForNothingWasDone(Change change) {
        stub.on(change.operation(), StubShop.THROTTLED, "<html>");

        assertThat(failure(change.call().apply(orders)).code()).isEqualTo("invalid-answer");
        assertThat(stub.requests(change.operation())).hasSize(2);
    }

    @Test
    void aRefusedOrderSaysWhatAndWhere() {
        stub.on("OrderCreate", StubShop.data("""
                {"orderCreate": {"order": null, "userErrors": [{"field": ["order", "lineItems", 0, "taxLines", 0, "rate"],
                 "message": "Rate is missing", "code": "TAX_LINE_RATE_MISSING"}]}}"""));

        assertThat(failure(orders.create(SHOP, Orders.draft("A"), () -> true))).isInstanceOf(ConnectorException.Rejected.class)
                .hasMessage("Shopify refused the order because of its line item 1, tax line 1, rate: Rate is missing")
                .extracting(ConnectorException::code).isEqualTo("tax-line-rate-missing");
    }

    @Test
    void onlyAnOrderThatNamesACustomerIsRefusedForIt() {
        stub.on("OrderCreate", StubShop.data("{\"orderCreate\": {\"order\": null, \"userErrors\": "
                + "[{\"field\": [\"order\", \"email\"], \"message\": \"Email is invalid\", \"code\": \"INVALID\"}]}}"));
        var draft = Orders.draft("A");

        assertThat(failure(orders.create(SHOP, draft.withCustomer(new SaleCustomer("Ann", null, "ann@", null)), () -> true))
                .code())
                .isEqualTo("customer-refused");
        assertThat(failure(orders.create(SHOP, draft, () -> true)).code()).isEqualTo("invalid");
    }

    @Test
    void errorsBesideAnOrderThatWasMadeAreNoRefusal() {
        stub.on("OrderCreate", CREATED.replace("\"userErrors\": []",
                "\"userErrors\": [{\"field\": [\"order\", \"tags\"], \"message\": \"x\", \"code\": \"INVALID\"}]"));

        assertThat(failure(orders.create(SHOP, Orders.draft("A"), () -> true))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("partly-answered");
            assertThat(failure.outcomeUnknown()).isTrue();
        });
    }

    @Test
    void whatCannotBeSentIsNotSent() {
        var line = Orders.draft("A").lines().get(0);

        assertThat(anyFailure(orders.create(SHOP, Orders.draft("A", Collections.nCopies(251, line)), () -> true)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(orders.create(SHOP, Orders.draft("A' OR name:'*"), () -> true)).code())
                .isEqualTo("identity-malformed");
        assertThat(failure(orders.find(SHOP, "A\\' OR name:*")).code()).isEqualTo("identity-malformed");
        assertThat(failure(orders.order(SHOP, "gid://shopify/Order/7")).code()).isEqualTo("id-malformed");
        assertThat(failure(orders.cancelFulfillment(SHOP, "x")).code()).isEqualTo("id-malformed");
        assertThat(Stream.of("OrderCreate", "OrdersByIdentity", "OrderById", "FulfillmentCancel"))
                .allMatch(operation -> stub.requests(operation).isEmpty());
    }

    @Test
    void ordersAreFoundByBothWaysMergedAndExactlyTheOldestFirst() {
        stub.on("OrdersByIdentity", StubShop.data("{\"byCustomId\": " + found("7", "A", null, "2026-11-22T10:00:02Z")
                + ", \"bySource\": {\"nodes\": [" + found("7", "A", "A", "2026-11-22T10:00:02Z") + ","
                + found("10", "A", "A", "2026-11-22T10:00:01Z") + "," + found("9", "A", null, "2026-11-22T10:00:01Z") + ","
                + found("4", "A-2", "A-2", "2026-11-22T10:00:00Z") + "," + found("5", "a", null, "2026-11-22T10:00:00Z")
                + "], \"pageInfo\": {\"hasNextPage\": false, \"endCursor\": \"c\"}}}"));

        assertThat(get(orders.find(SHOP, "A"))).containsExactly(
                new FoundOrder("9", "#9", "A", Instant.parse("2026-11-22T10:00:01Z"), false, BigDecimal.ONE),
                new FoundOrder("10", "#10", "A", Instant.parse("2026-11-22T10:00:01Z"), false, BigDecimal.ONE),
                new FoundOrder("7", "#7", "A", Instant.parse("2026-11-22T10:00:02Z"), false, BigDecimal.ONE));
        var sent = stub.requests("OrdersByIdentity").get(0).variables();
        assertThat(sent.getString("query")).isEqualTo("source_identifier:'A'");
        assertThat(sent.getJsonObject("identifier").encode()).contains("clover_order_id").contains("\"value\":\"A\"");
    }

    @Test
    void anOrderOfNoSourceIdentifierIsFoundByItsMetafield() {
        stub.on("OrdersByIdentity", NONE.replace("\"byCustomId\": null",
                "\"byCustomId\": " + found("7", null, "A", "2026-11-22T10:00:02Z")));

        assertThat(get(orders.find(SHOP, "A"))).singleElement().extracting(FoundOrder::id).isEqualTo("7");
    }

    @Test
    void nothingFoundIsEmptyButAMissingDefinitionIsAnError() {
        stub.on("OrdersByIdentity", NONE, NONE.replaceFirst("}$", ",\"errors\":[{\"message\":\"Metafield definition of type "
                + "'id' is required when using custom ids.\",\"path\":[\"byCustomId\"],\"extensions\":{\"code\":\"NOT_FOUND\"}}]}"));

        assertThat(get(orders.find(SHOP, "A"))).isEmpty();
        assertThat(failure(orders.find(SHOP, "A"))).isInstanceOf(ConnectorException.Rejected.class)
                .extracting(ConnectorException::code).isEqualTo("definition-missing");
    }

    @Test
    void aSearchThatWasNotUnderstoodFindsNothingOfUse() {
        stub.on("OrdersByIdentity", NONE.replace("\"extensions\":{", "\"extensions\":{\"search\":[{\"path\":[\"bySource\"],"
                + "\"query\":\"x\",\"warnings\":[{\"field\":\"source_identifier\",\"message\":\"Invalid search field\"}]}],"),
                NONE.replace("\"hasNextPage\": false", "\"hasNextPage\": true"));

        assertThat(failure(orders.find(SHOP, "A")).code()).isEqualTo("filter-ignored");
        assertThat(failure(orders.find(SHOP, "A")).code()).isEqualTo("search-too-wide");
    }

    @Test
    void lookingIsRepeatedAfterWhateverPasses() {
        stub.fail("OrdersByIdentity", 502, "<html>").cut("OrdersByIdentity", NONE, 9).on("OrdersByIdentity", NONE);

        assertThat(get(orders.find(SHOP, "A"))).isEmpty();
        assertThat(stub.requests("OrdersByIdentity")).hasSize(3);
    }

    @Test
    void ordersMadeSinceComeInPagesAndOnlyWithAnIdentity() {
        stub.on("OrdersCreatedSince",
                page("c1", found("1", "A", null, "2026-11-22T10:00:00Z"), found("2", null, null, "2026-11-22T10:00:00Z")),
                page(null, found("3", "B", null, "2026-11-22T10:00:01Z")));

        var pages = get(orders.createdSince(SHOP, Instant.parse("2026-11-22T10:00:00.9Z")).collect().asList());

        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).extracting(FoundOrder::id).containsExactly("1");
        assertThat(pages.get(1)).extracting(FoundOrder::identity).containsExactly("B");
        assertThat(stub.requests("OrdersCreatedSince")).extracting(request -> request.variables().getString("query"))
                .containsOnly("created_at:>='2026-11-22T10:00:00Z'");
        assertThat(stub.requests("OrdersCreatedSince")).extracting(request -> request.variables().getString("after"))
                .containsExactly(null, "c1");
    }

    @Test
    void pagesDeeperThanShopifyGoesStartAnewAtTheLastSecond() {
        for (int page = 0; page < 100; page++) {
            var first = page * 250;
            stub.on("OrdersCreatedSince", page("c" + page, IntStream.range(first, first + 250)
                    .mapToObj(id -> found("" + (id + 1), "I" + id, null, second(id / 200).toString()))
                    .toArray(String[]::new)));
        }
        // The hundredth page ends at id 25,000, in second 124, which began with id 24,801.
        stub.on("OrdersCreatedSince", page(null, IntStream.range(24_800, 25_010)
                .mapToObj(id -> found("" + (id + 1), "I" + id, null, second(id / 200).toString())).toArray(String[]::new)));

        var ids = get(orders.createdSince(SHOP, second(0)).collect().asList()).stream().flatMap(List::stream)
                .map(FoundOrder::id).toList();

        assertThat(ids).hasSize(25_010).doesNotHaveDuplicates();
        var restarted = stub.requests("OrdersCreatedSince").get(100).variables();
        assertThat(restarted.getString("query")).isEqualTo("created_at:>='" + second(124) + "'");
        assertThat(restarted.getString("after")).isNull();
    }

    @Test
    void anOrderIsReadWithTheLinesOfAllPages() {
        stub.on("OrderById", order(1, 100, "c1"), order(101, 101, null));

        var order = get(orders.order(SHOP, "7"));

        assertThat(order.lines()).hasSize(101);
        assertThat(order.lines().get(100)).isEqualTo(
                new StoreOrder.Line("101", "k101", "43", "Mug", 3, 2, new BigDecimal("19.99")));
        assertThat(order).usingRecursiveComparison().ignoringFields("lines").isEqualTo(new StoreOrder("7", "C-A", "USD",
                true, "PARTIALLY_REFUNDED", new BigDecimal("47.48"), new BigDecimal("19.99"), AT, List.of(),
                List.of(new StoreOrder.Transaction("9", "SALE", "SUCCESS", "Cash", new BigDecimal("47.48"), null),
                        new StoreOrder.Transaction("10", "REFUND", "SUCCESS", "Cash", new BigDecimal("19.99"), "9")),
                List.of(new StoreOrder.Fulfillment("6", "SUCCESS"))));
        assertThat(stub.requests("OrderById")).extracting(request -> request.variables().getString("after"))
                .containsExactly(null, "c1");
    }

    @Test
    void aLineOfAnotherHandHasNoKeyAndPerhapsNoVariant() {
        stub.on("OrderById", order(1, 1, null).replace("_tillbridge_line", "Colour")
                .replace("{\"id\": \"gid://shopify/ProductVariant/43\"}", "null"));

        assertThat(get(orders.order(SHOP, "7")).lines()).singleElement().satisfies(line -> {
            assertThat(line.key()).isNull();
            assertThat(line.variantId()).isNull();
        });
    }

    @Test
    void linesThatLeadNowhereEndTheRead() {
        stub.on("OrderById", order(1, 1, "same"));

        assertThat(failure(orders.order(SHOP, "7")).code()).isEqualTo("invalid-answer");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"data\":{\"order\":null}}",
            "{\"data\":{\"order\":null},\"errors\":[{\"message\":\"Access denied. Required access: `read_all_orders`\","
                    + "\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]}"})
    void anOrderThatIsGoneOrTooOldIsNull(String answer) {
        stub.on("OrderById", answer);

        assertThat(get(orders.order(SHOP, "7"))).isNull();
    }

    @Test
    void anOrderThatMayNotBeReadForWantOfAScopeIsAnError() {
        stub.on("OrderById", "{\"data\":{\"order\":null},\"errors\":[{\"message\":\"no\","
                + "\"extensions\":{\"code\":\"ACCESS_DENIED\",\"requiredAccess\":\"`read_orders` access scope.\"}}]}");

        assertThat(failure(orders.order(SHOP, "7"))).isInstanceOf(ConnectorException.Unauthorized.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "PAID    | []                                                                          | ok",
            "PAID    | [{\"field\": [\"id\"], \"message\": \"Order cannot be marked as paid.\"}] | ok",
            "VOIDED  | [{\"field\": [\"id\"], \"message\": \"Order cannot be marked as paid.\"}] | refused"})
    void markingAsPaidWhatIsPaidIsDone(String status, String errors, String expected) {
        stub.on("OrderMarkAsPaid", StubShop.data("{\"orderMarkAsPaid\": {\"order\": {\"id\": \"gid://shopify/Order/7\", "
                + "\"displayFinancialStatus\": \"" + status + "\"}, \"userErrors\": " + errors + "}}"));

        assertThat(outcome(orders.markPaid(SHOP, "7"))).isEqualTo(expected);
        assertThat(stub.requests("OrderMarkAsPaid").get(0).variables().getJsonObject("input").getString("id"))
                .isEqualTo("gid://shopify/Order/7");
    }

    @Test
    void aRefundAnswersItsIdAndSendsItsKey() {
        stub.on("RefundCreate", refunded("{\"id\": \"gid://shopify/Refund/77\"}", ""));

        assertThat(get(orders.refund(SHOP, REFUND))).isEqualTo("77");
        assertThat(stub.requests("RefundCreate").get(0).variables().getString("idempotencyKey")).isEqualTo("key-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Transactions require a parent_id associated with the order                          | refused | false",
            "This request is currently in progress, please try again.           | idempotency-concurrent-request | true",
            "The same idempotency key cannot be used with different operation parameters. | idempotency-key-parameter-mismatch | false",
            "A previous request with this idempotency key failed. Retry with a new idempotency key. | idempotency-previous-attempt-failed | false"})
    void aRefusedRefundIsToldByItsTextForItHasNoCode(String message, String code, boolean unknown) {
        stub.on("RefundCreate", refunded("null", "{\"field\": [\"transactions\"], \"message\": \"" + message + "\"}"));

        assertThat(failure(orders.refund(SHOP, REFUND))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.outcomeUnknown()).isEqualTo(unknown);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"id\": \"gid://shopify/Fulfillment/6\", \"status\": \"CANCELLED\"} | []                    | ok",
            "{\"id\": \"gid://shopify/Fulfillment/6\", \"status\": \"CANCELLED\"} | [{\"message\": \"x\"}] | ok",
            "{\"id\": \"gid://shopify/Fulfillment/6\", \"status\": \"SUCCESS\"}   | [{\"message\": \"x\"}] | refused",
            "null                                                                 | [{\"message\": \"x\"}] | refused"})
    void aFulfillmentThatIsCancelledAlreadyIsFine(String fulfillment, String errors, String expected) {
        stub.on("FulfillmentCancel", StubShop.data(
                "{\"fulfillmentCancel\": {\"fulfillment\": " + fulfillment + ", \"userErrors\": " + errors + "}}"));

        assertThat(outcome(orders.cancelFulfillment(SHOP, "6"))).isEqualTo(expected);
    }

    @Test
    void cancellingAnswersTheJobAndCutsALongNote() {
        stub.on("OrderCancel", StubShop.data(
                "{\"orderCancel\": {\"job\": {\"id\": \"gid://shopify/Job/6f5b\"}, \"orderCancelUserErrors\": []}}"))
                .on("JobStatus", StubShop.data("{\"job\": {\"id\": \"x\", \"done\": false}}"),
                        StubShop.data("{\"job\": {\"id\": \"x\", \"done\": true}}"), StubShop.data("{\"job\": null}"));

        assertThat(get(orders.cancel(SHOP, "7", "x".repeat(300)))).isEqualTo("gid://shopify/Job/6f5b");
        assertThat(stub.requests("OrderCancel").get(0).variables().getString("staffNote")).hasSize(255);
        assertThat(get(orders.jobDone(SHOP, "gid://shopify/Job/6f5b"))).isFalse();
        assertThat(get(orders.jobDone(SHOP, "gid://shopify/Job/6f5b"))).isTrue();
        assertThat(failure(orders.jobDone(SHOP, "gid://shopify/Job/6f5b")).code()).isEqualTo("job-not-found");
    }

    @Test
    void anOrderThatIsCancelledAlreadyLeavesNothingToDo() {
        stub.on("OrderCancel", StubShop.data("{\"orderCancel\": {\"job\": null, \"orderCancelUserErrors\": [{\"field\": "
                + "[\"orderId\"], \"message\": \"Cannot cancel an order that has already been canceled\", \"code\": \"INVALID\"}]}}"))
                .on("OrderById", order(1, 1, null), order(1, 1, null).replace("\"2026-11-22T19:00:00Z\"", "null"),
                        "{\"data\":{\"order\":null}}");

        assertThat(get(orders.cancel(SHOP, "7", null))).isNull();
        assertThat(failure(orders.cancel(SHOP, "7", null)).code()).isEqualTo("invalid");
        assertThat(failure(orders.cancel(SHOP, "7", null)).code()).isEqualTo("invalid");
    }

    private static String found(String id, String source, String metafield, String createdAt) {
        return "{\"id\": \"gid://shopify/Order/" + id + "\", \"name\": \"#" + id + "\", \"createdAt\": \"" + createdAt
                + "\", \"cancelledAt\": null, \"sourceIdentifier\": " + quoted(source) + ", \"metafield\": "
                + (metafield == null ? "null" : "{\"value\": " + quoted(metafield) + "}")
                + ", \"totalPriceSet\": {\"shopMoney\": {\"amount\": \"1\"}}}";
    }

    private static String page(String cursor, String... orders) {
        return StubShop.data("{\"orders\": {\"nodes\": [" + String.join(",", orders) + "], \"pageInfo\": {\"hasNextPage\": "
                + (cursor != null) + ", \"endCursor\": " + quoted(cursor) + "}}}");
    }

    private static String order(int from, int to, String cursor) {
        var lines = IntStream.rangeClosed(from, to).mapToObj(id -> "{\"id\": \"gid://shopify/LineItem/" + id
                + "\", \"title\": \"Mug\", \"quantity\": 3, \"refundableQuantity\": 2, \"variant\": "
                + "{\"id\": \"gid://shopify/ProductVariant/43\"}, \"originalUnitPriceSet\": {\"shopMoney\": {\"amount\": \"19.99\"}}, "
                + "\"customAttributes\": [{\"key\": \"_tillbridge_line\", \"value\": \"k" + id + "\"}]}").toList();
        return StubShop.data("""
                {"order": {"id": "gid://shopify/Order/7", "name": "C-A", "createdAt": "2026-11-22T18:04:31Z",
                 "cancelledAt": "2026-11-22T19:00:00Z", "displayFinancialStatus": "PARTIALLY_REFUNDED",
                 "totalPriceSet": {"shopMoney": {"amount": "47.48", "currencyCode": "USD"}},
                 "totalRefundedSet": {"shopMoney": {"amount": "19.99"}},
                 "lineItems": {"nodes": [%s], "pageInfo": {"hasNextPage": %s, "endCursor": %s}},
                 "transactions": [{"id": "gid://shopify/OrderTransaction/9", "kind": "SALE", "status": "SUCCESS",
                   "gateway": "Cash", "amountSet": {"shopMoney": {"amount": "47.48"}}, "parentTransaction": null},
                  {"id": "gid://shopify/OrderTransaction/10", "kind": "REFUND", "status": "SUCCESS", "gateway": "Cash",
                   "amountSet": {"shopMoney": {"amount": "19.99"}},
                   "parentTransaction": {"id": "gid://shopify/OrderTransaction/9"}}],
                 "fulfillments": [{"id": "gid://shopify/Fulfillment/5", "status": "CANCELLED"},
                  {"id": "gid://shopify/Fulfillment/6", "status": "SUCCESS"}]}}"""
                .formatted(String.join(",", lines), cursor != null, quoted(cursor)));
    }

    private static String refunded(String refund, String error) {
        return StubShop.data("{\"refundCreate\": {\"refund\": " + refund + ", \"userErrors\": [" + error + "]}}");
    }

    private static Instant second(int number) {
        return Instant.parse("2026-11-22T10:00:00Z").plusSeconds(number);
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    /** {@code ok}, or the failure's code. */
    private static String outcome(Uni<Void> uni) {
        return get(uni.map(done -> "ok").onFailure(ConnectorException.class)
                .recoverWithItem(failure -> failure.code()));
    }

    private static Throwable anyFailure(Uni<?> uni) {
        return get(uni.map(item -> (Throwable) new AssertionError("No failure but " + item)).onFailure()
                .recoverWithItem(failure -> failure));
    }

    private static ConnectorException failure(Uni<?> uni) {
        var failure = anyFailure(uni);
        assertThat(failure).isInstanceOf(ConnectorException.class);
        return (ConnectorException) failure;
    }
}
