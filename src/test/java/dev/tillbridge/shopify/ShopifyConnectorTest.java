package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;

import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StockAdjustment;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.platform.VendorUsage;
import dev.tillbridge.testing.SandboxResource;

/** The connector against answers laid out one by one: what a simulated shop that behaves cannot be made to say. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ShopifyConnectorTest {

    private static final Instant SINCE = Instant.parse("2026-11-22T08:15:00.987Z");
    private static final String RUNNING = bulk("RUNNING", "7", "null");
    private static final StockAdjustment SALE = new StockAdjustment("key-1", "correction", "gid://tillbridge/Order/X",
            List.of(new StockAdjustment.Change("8", "5", -2)));
    private static final String ADJUSTED = StubShop.data(
            "{\"inventoryAdjustQuantities\":{\"inventoryAdjustmentGroup\":{\"id\":\"gid://shopify/InventoryAdjustmentGroup/1\"},\"userErrors\":[]}}");
    private static final String LEVEL = StubShop.data(
            "{\"nodes\":[{\"id\":\"gid://shopify/InventoryItem/8\",\"inventoryLevel\":{\"quantities\":[{\"name\":\"available\",\"quantity\":4}]}}]}");

    @Inject
    Vertx vertx;
    @Inject
    DatabaseClock clock;

    private final ShopConnection shop = new ShopConnection("Demo.myshopify.com",
            new ShopConnection.AccessToken(Secret.of("shpat_secret")));
    private StubShop stub;
    private ShopifyConnector connector;
    private BulkDownload download;

    @BeforeEach
    void open() {
        stub = new StubShop(vertx);
        connector = connector(stub.url());
    }

    @AfterEach
    void close() {
        download.close();
        stub.close();
    }

    private ShopifyConnector connector(String url) {
        var config = new StubConfig(url);
        var documents = new GraphqlDocuments();
        var sessions = new ShopifySessions(new ShopifyTransport(config, Traces.none()), config, vertx);
        var calls = new ShopifyCalls(sessions, documents, new ShopifyMetrics(new SimpleMeterRegistry()), VendorUsage.unsaved(),
                config);
        download = new BulkDownload(config, new io.vertx.mutiny.core.Vertx(vertx), Traces.none());
        return new ShopifyConnector(new ShopifyProfiles(calls),
                new BulkCatalog(new BulkOperations(calls, config), download, documents, clock, config),
                new ShopifyPages(calls, documents, clock), new ShopifyProducts(calls, documents, clock),
                new ShopifyStock(calls, documents, clock), new ShopifyOrders(calls, new OrderReader(calls)),
                new ShipmentReader(calls), new ShippingMethodReader(calls), new WebhookSubscriptions(calls), sessions);
    }

    @Test
    void aProfileNamesLocationsOfAllPagesThePrimaryOneAndMissingScopes() {
        stub.on("ShopProfile", profile("write_inventory", "read_products", "write_orders", "read_fulfillments"))
                .on("ShopLocations", locations(1, true, "next"), locations(2, false, null));

        var profile = get(connector.profile(shop));

        assertThat(profile.domain()).isEqualTo("demo.myshopify.com");
        assertThat(profile.currency()).isEqualTo("EUR");
        assertThat(profile.locations()).containsExactly(new Location("1", "L1", true, false),
                new Location("2", "L2", true, true));
        assertThat(profile.scopesMissing()).containsExactly("read_merchant_managed_fulfillment_orders",
                "write_merchant_managed_fulfillment_orders", "read_shipping");
        assertThat(stub.requests("ShopLocations").get(1).variables().getString("after")).isEqualTo("next");
        assertThat(stub.requests("ShopProfile").get(0)).satisfies(request -> {
            assertThat(request.path()).isEqualTo("/admin/api/2026-10/graphql.json");
            assertThat(request.token()).isEqualTo("shpat_secret");
        });
    }

    @Test
    void aProfileWithoutTheScopeForLocationsSaysSoInsteadOfFailing() {
        stub.on("ShopProfile", profile("read_products"));

        var profile = get(connector.profile(shop));

        assertThat(profile.locations()).isEmpty();
        assertThat(profile.scopesMissing()).contains("read_locations");
    }

    @Test
    void anUnknownShopIsRejected() {
        assertThat(failure(connector.profile(shop)).code()).isEqualTo("shop-not-found");
    }

    @Test
    void aRefusedTokenIsUnauthorizedAndStandsInNoMessage() {
        stub.fail("ShopProfile", 401, "{\"errors\":\"[API] Invalid API key or access token\"}");

        var failure = failure(connector.profile(shop));

        assertThat(failure).isInstanceOf(ConnectorException.Unauthorized.class);
        assertThat(failure.toString()).doesNotContain("shpat_secret");
        assertThat(stub.requests("ShopProfile")).hasSize(1);
    }

    @Test
    void clientCredentialsAreExchangedOnceAndAgainWhenTheTokenIsRefused() {
        stub.on("/admin/oauth/access_token", "{\"access_token\":\"one\",\"expires_in\":86399}",
                "{\"access_token\":\"two\",\"expires_in\":86399}")
                .on("ShopProfile", profile("read_products"))
                .fail("ShopProfile", 401, "{\"errors\":\"expired\"}").on("ShopProfile", profile("read_products"));
        var byGrant = new ShopConnection("demo.myshopify.com",
                new ShopConnection.ClientCredentials("id", Secret.of("client-secret")));

        get(connector.profile(byGrant));
        get(connector.profile(byGrant));

        assertThat(stub.requests("ShopProfile")).extracting(StubShop.Request::token).containsExactly("one", "one", "two");
        assertThat(stub.requests("/admin/oauth/access_token")).hasSize(2);
        assertThat(stub.requests("/admin/oauth/access_token").get(0).variables().getString("grant_type"))
                .isEqualTo("client_credentials");
    }

    @Test
    void wrongClientCredentialsAreUnauthorized() {
        stub.fail("/admin/oauth/access_token", 400, "{\"error\":\"invalid_client\"}");
        var byGrant = new ShopConnection("demo.myshopify.com",
                new ShopConnection.ClientCredentials("id", Secret.of("client-secret")));

        assertThat(failure(connector.profile(byGrant))).isInstanceOf(ConnectorException.Unauthorized.class)
                .hasMessageNotContaining("client-secret");
    }

    @Test
    void theDefinitionIsMadeOnceAndOneThatIsTakenIsFine() {
        stub.on("OrderIdDefinition", StubShop.data("{\"metafieldDefinitions\":{\"nodes\":[]}}"))
                .on("OrderIdDefinitionCreate", StubShop.data(
                        "{\"metafieldDefinitionCreate\":{\"createdDefinition\":null,\"userErrors\":[{\"message\":\"x\",\"code\":\"TAKEN\"}]}}"));

        get(connector.prepare(shop));

        assertThat(stub.requests("OrderIdDefinitionCreate").get(0).variables().getJsonObject("definition").getString("type"))
                .isEqualTo("id");
    }

    @Test
    void aDefinitionOfAnotherTypeIsLeftAloneAndReported() {
        stub.on("OrderIdDefinition", StubShop.data(
                "{\"metafieldDefinitions\":{\"nodes\":[{\"id\":\"x\",\"type\":{\"name\":\"single_line_text_field\"}}]}}"));

        assertThat(failure(connector.prepare(shop)).code()).isEqualTo("definition-of-other-type");
        assertThat(stub.requests("OrderIdDefinitionCreate")).isEmpty();
    }

    @Test
    void theCatalogueIsReadByBulkOperationWhateverTheOrderOfItsLines() {
        bulk(StubShop.lines(1500), "3000");

        var pages = all(connector.catalog(shop, Set.of("till.code")));

        assertThat(pages).hasSize(3).allSatisfy(page -> {
            assertThat(page.total()).isEqualTo(3000);
            assertThat(page.vendorTime()).isEqualTo(Instant.parse("2026-11-22T08:15:01Z"));
        });
        assertThat(pages.stream().mapToInt(page -> page.variants().size()).sum()).isEqualTo(1500);
        assertThat(pages.stream().flatMap(page -> page.levels().stream())).hasSize(1500)
                .contains(new Level("1500", "5", 1500L));
        assertThat(stub.requests("BulkRun").get(0).variables().getString("query"))
                .contains("m0: metafield(namespace: \"till\", key: \"code\")");
        assertThat(stub.requests("/file")).singleElement().extracting(StubShop.Request::token).isNull();
        assertThat(stub.requests("BulkCancel")).isEmpty();
    }

    @Test
    void aFileWithFewerLinesThanCountedIsNoCompleteRead() {
        bulk(StubShop.lines(10), "21");

        assertThat(failure(connector.catalog(shop, Set.of()).collect().asList()).code()).isEqualTo("incomplete-read");
    }

    @Test
    void aFileThatBreaksOffIsNoCompleteRead() {
        var lines = StubShop.lines(5000);
        stub.on("BulkRun", started()).on("BulkStatus", bulk("COMPLETED", "10000", "\"" + stub.url() + "/file\""))
                .cut("/file", lines, lines.length() / 2);

        assertThat(failure(connector.catalog(shop, Set.of()).collect().asList()).code()).isEqualTo("incomplete-read");
    }

    @Test
    void anEmptyCatalogueIsOneEmptyPage() {
        stub.on("BulkRun", started()).on("BulkStatus", bulk("COMPLETED", "0", "null"));

        assertThat(all(connector.catalog(shop, Set.of()))).singleElement().satisfies(page -> {
            assertThat(page.variants()).isEmpty();
            assertThat(page.total()).isZero();
        });
    }

    @Test
    void aFailedOperationSaysShopifysReason() {
        stub.on("BulkRun", started()).on("BulkStatus", RUNNING, StubShop.data(
                "{\"bulkOperation\":{\"id\":\"gid://shopify/BulkOperation/1\",\"status\":\"FAILED\",\"errorCode\":\"TIMEOUT\",\"objectCount\":\"5\"}}"));

        assertThat(failure(connector.catalog(shop, Set.of()).collect().asList())).hasMessageContaining("TIMEOUT")
                .extracting(ConnectorException::code).isEqualTo("incomplete-read");
    }

    @Test
    void itWaitsWhileOtherOperationsKeepTheShopBusy() {
        var busy = StubShop.data("{\"bulkOperationRunQuery\":{\"bulkOperation\":null,\"userErrors\":[{\"field\":[\"query\"],"
                + "\"message\":\"busy\",\"code\":\"OPERATION_IN_PROGRESS\"}]}}");
        stub.on("BulkRun", busy, busy, started()).on("BulkStatus", RUNNING, bulk("COMPLETED", "0", "null"));

        assertThat(all(connector.catalog(shop, Set.of()))).hasSize(1);
        assertThat(stub.requests("BulkRun")).hasSize(3);
    }

    @Test
    void aReadNobodyWaitsForIsCancelled() {
        stub.on("BulkRun", started()).on("BulkStatus", RUNNING).on("BulkCancel",
                StubShop.data("{\"bulkOperationCancel\":{\"bulkOperation\":null,\"userErrors\":[]}}"));
        var reader = connector.catalog(shop, Set.of()).subscribe().withSubscriber(AssertSubscriber.create(1));
        await().atMost(Duration.ofSeconds(5)).until(() -> stub.requests("BulkStatus").size() > 1);

        reader.cancel();

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(stub.requests("BulkCancel")).hasSize(1));
    }

    @Test
    void aSlowReaderIsSentNoMoreThanItAskedFor() {
        bulk(StubShop.lines(60_000), "120000");
        var reader = connector.catalog(shop, Set.of()).subscribe().withSubscriber(AssertSubscriber.<CatalogPage>create(2));

        reader.awaitItems(2, Duration.ofSeconds(10));
        reader.assertNotTerminated();
        reader.request(Long.MAX_VALUE);

        reader.awaitCompletion(Duration.ofSeconds(20));
        assertThat(reader.getItems()).hasSize(120);
    }

    @Test
    void changedVariantsArePagedWithTheTimeRoundedDown() {
        stub.on("VariantsSince", variants(1, 2, "c1"), variants(3, 3, null));

        var pages = all(connector.variantsSince(shop, SINCE, Set.of()));

        assertThat(pages).hasSize(2).allSatisfy(
                page -> assertThat(page.vendorTime()).isEqualTo(Instant.parse("2026-11-22T08:15:00Z")));
        assertThat(pages.get(0).variants()).extracting("id").containsExactly("1", "2");
        assertThat(stub.requests("VariantsSince").get(0).variables().getString("query"))
                .isEqualTo("updated_at:>='2026-11-22T08:15:00Z'");
        assertThat(stub.requests("VariantsSince").get(1).variables().getString("after")).isEqualTo("c1");
    }

    @Test
    void aPageTooDearIsHalvedAndReadAgain() {
        stub.on("VariantsSince", "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\"}}]}",
                variants(1, 1, null));

        assertThat(all(connector.variantsSince(shop, SINCE, Set.of()))).hasSize(1);
        assertThat(stub.requests("VariantsSince")).extracting(request -> request.variables().getInteger("first"))
                .containsExactly(250, 125);
    }

    @Test
    void aPageThatLeadsNowhereEndsTheReadInsteadOfRepeatingIt() {
        stub.on("VariantsSince", variants(1, 1, "same"));

        assertThat(failure(connector.variantsSince(shop, SINCE, Set.of()).collect().asList()).code())
                .isEqualTo("invalid-answer");
    }

    @Test
    void changedProductsAreReadPageByPageAndWhatIsNoProductIsLeftOut() {
        stub.on("ProductsSince", products("1", "c1"), products("2", null), products("x", null));

        var pages = all(connector.productsSince(shop, SINCE));

        assertThat(pages).hasSize(2).allSatisfy(page -> assertThat(page.asOf()).isNotNull());
        assertThat(pages.get(0).products()).containsExactly(new ChangedProduct("1", "Mug 1", "ARCHIVED", null, null));
        assertThat(stub.requests("ProductsSince").get(0).variables().getString("query"))
                .isEqualTo("updated_at:>='2026-11-22T08:15:00Z'");
        assertThat(stub.requests("ProductsSince").get(1).variables().getString("after")).isEqualTo("c1");
        assertThat(all(connector.productsSince(shop, SINCE)).get(0).products()).isEmpty();
    }

    @Test
    void theFirstCollectionOfEachProductThatIsInOne() {
        stub.on("ProductCollections",
                StubShop.data("{\"nodes\":[{\"id\":\"gid://shopify/Product/1\",\"collections\":{\"nodes\":"
                        + "[{\"title\":\"New\"}]}},{\"id\":\"gid://shopify/Product/2\",\"collections\":{\"nodes\":[]}},null]}"));

        assertThat(get(connector.firstCollections(shop, List.of("1", "2", "3")))).isEqualTo(Map.of("1", "New"));
        assertThat(get(connector.firstCollections(shop, List.of()))).isEmpty();
        assertThat(stub.requests("ProductCollections")).hasSize(1);
    }

    private static String products(String id, String next) {
        return StubShop.data("{\"products\":{\"nodes\":[{\"id\":\"gid://shopify/Product/" + id + "\",\"title\":\"Mug " + id
                + "\",\"status\":\"ARCHIVED\",\"productType\":\"\"}],\"pageInfo\":{\"hasNextPage\":" + (next != null)
                + ",\"endCursor\":" + (next == null ? "null" : "\"" + next + "\"") + "}}}");
    }

    @Test
    void changedLevelsOfOneLocation() {
        stub.on("LevelsSince", StubShop.data("{\"location\":{\"inventoryLevels\":{\"nodes\":[{\"item\":{\"id\":"
                + "\"gid://shopify/InventoryItem/8\"},\"quantities\":[{\"name\":\"available\",\"quantity\":-1}]}],"
                + "\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":\"e\"}}}}"));

        assertThat(all(connector.levelsSince(shop, "5", SINCE)).get(0).levels()).containsExactly(new Level("8", "5", -1L));
    }

    @Test
    void aLocationThatIsGoneIsRejected() {
        stub.on("LevelsSince", StubShop.data("{\"location\":null}"));

        assertThat(failure(connector.levelsSince(shop, "5", SINCE).collect().asList()).code()).isEqualTo("location-not-found");
    }

    @Test
    void levelsAreReadByIdPerLocationAndItemsThatAreGoneAreLeftOut() {
        stub.on("LevelsById",
                StubShop.data("{\"nodes\":[null,{\"id\":\"gid://shopify/InventoryItem/8\",\"inventoryLevel\":null}]}"));

        assertThat(get(connector.levels(shop, List.of("7", "8"), List.of("5", "6"))))
                .containsExactlyInAnyOrder(new Level("8", "5", null), new Level("8", "6", null));
    }

    @Test
    void aReadIsRepeatedAfterWhateverPasses() {
        stub.fail("LevelsById", 503, "<html>").on("LevelsById", "{\"data\":{\"nod").on("LevelsById", StubShop.THROTTLED, LEVEL);

        assertThat(get(connector.levels(shop, List.of("8"), List.of("5")))).containsExactly(new Level("8", "5", 4L));
        assertThat(stub.requests("LevelsById")).hasSize(4);
    }

    @Test
    void anAdjustmentSendsItsKeyAndADifferenceWithoutComparison() {
        stub.on("StockAdjust", ADJUSTED).on("LevelsById", LEVEL);

        var adjusted = get(connector.adjust(shop, SALE));

        assertThat(adjusted.levels()).containsExactly(new Level("8", "5", 4L));
        var sent = stub.requests("StockAdjust").get(0).variables();
        assertThat(sent.getString("idempotencyKey")).isEqualTo("key-1");
        var change = sent.getJsonObject("input").getJsonArray("changes").getJsonObject(0);
        assertThat(change.containsKey("changeFromQuantity")).isTrue();
        assertThat(change.getValue("changeFromQuantity")).isNull();
        assertThat(change.getInteger("delta")).isEqualTo(-2);
    }

    @Test
    void aThrottledAdjustmentIsSentAgainForNothingWasDone() {
        stub.on("StockAdjust", StubShop.THROTTLED, ADJUSTED).on("LevelsById", LEVEL);

        assertThat(get(connector.adjust(shop, SALE)).levels()).hasSize(1);
        assertThat(stub.requests("StockAdjust")).hasSize(2);
    }

    @Test
    void anAdjustmentOfUnknownOutcomeIsSentOnce() {
        stub.cut("StockAdjust", ADJUSTED, 0);

        assertThat(failure(connector.adjust(shop, SALE)).outcomeUnknown()).isTrue();
        assertThat(stub.requests("StockAdjust")).hasSize(1);
    }

    @Test
    void anAdjustmentWhoseLevelsCannotBeReadIsNoRefusal() {
        stub.on("StockAdjust", ADJUSTED).fail("LevelsById", 403, "");

        var failure = failure(connector.adjust(shop, SALE));

        assertThat(failure.code()).isEqualTo("levels-not-read");
        assertThat(failure.outcomeUnknown()).isTrue();
    }

    @Test
    void aRefusedAdjustmentKeepsShopifysCode() {
        stub.on("StockAdjust", StubShop.data("{\"inventoryAdjustQuantities\":{\"inventoryAdjustmentGroup\":null,\"userErrors\":"
                + "[{\"field\":[\"input\",\"changes\",\"0\",\"inventoryItemId\"],\"message\":\"x\",\"code\":\"INVALID_INVENTORY_ITEM\"}]}}"));

        assertThat(failure(connector.adjust(shop, SALE))).isInstanceOf(ConnectorException.Rejected.class)
                .extracting(ConnectorException::code).isEqualTo("invalid-inventory-item");
    }

    @Test
    void aShopThatCannotBeReachedOpensTheBreakerAndSaysThatNothingWasDone() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        download.close();
        var unreachable = connector("http://localhost:" + closed);

        assertThat(failure(unreachable.adjust(shop, SALE))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("connect-failed");
            assertThat(failure.outcomeUnknown()).isFalse();
        });
        for (int i = 0; i < 4; i++) {
            assertThat(failure(unreachable.adjust(shop, SALE))).isInstanceOf(ConnectorException.Transient.class);
        }
        assertThat(failure(unreachable.adjust(shop, SALE)).code()).isEqualTo("circuit-open");
    }

    @Test
    void moreItemsThanAnArgumentHoldsAreRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> get(connector.levels(shop, Collections.nCopies(251, "1"), List.of("5"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void bulk(String lines, String count) {
        stub.on("BulkRun", started()).on("BulkStatus", RUNNING, bulk("COMPLETED", count, "\"" + stub.url() + "/file\""))
                .on("/file", lines);
    }

    private static String started() {
        return StubShop.data("{\"bulkOperationRunQuery\":{\"bulkOperation\":{\"id\":\"gid://shopify/BulkOperation/1\","
                + "\"status\":\"CREATED\",\"createdAt\":\"2026-11-22T08:15:01Z\"},\"userErrors\":[]}}");
    }

    private static String bulk(String status, String count, String url) {
        return StubShop.data("{\"bulkOperation\":{\"id\":\"gid://shopify/BulkOperation/1\",\"status\":\"" + status
                + "\",\"errorCode\":null,\"createdAt\":\"2026-11-22T08:15:01Z\",\"objectCount\":\"" + count + "\",\"url\":"
                + url
                + "}}");
    }

    private static String profile(String... scopes) {
        return StubShop.data("{\"shop\":{\"name\":\"Demo\",\"myshopifyDomain\":\"demo.myshopify.com\",\"currencyCode\":\"EUR\","
                + "\"taxesIncluded\":true,\"ianaTimezone\":\"Europe/Berlin\"},\"currentAppInstallation\":{\"accessScopes\":["
                + String.join(",", List.of(scopes).stream().map(scope -> "{\"handle\":\"" + scope + "\"}").toList()) + "]}}");
    }

    private static String locations(int id, boolean more, String cursor) {
        return StubShop.data("{\"primary\":{\"id\":\"gid://shopify/Location/2\"},\"locations\":{\"nodes\":[{\"id\":"
                + "\"gid://shopify/Location/" + id + "\",\"name\":\"L" + id
                + "\",\"isActive\":true}],\"pageInfo\":{\"hasNextPage\":"
                + more + ",\"endCursor\":" + (cursor == null ? "null" : "\"" + cursor + "\"") + "}}}");
    }

    private static String variants(int from, int to, String cursor) {
        var nodes = IntStream.rangeClosed(from, to).mapToObj(id -> StubShop.variant(id, "")).toList();
        return StubShop.data("{\"productVariants\":{\"nodes\":[" + String.join(",", nodes) + "],\"pageInfo\":{\"hasNextPage\":"
                + (cursor != null) + ",\"endCursor\":" + (cursor == null ? "null" : "\"" + cursor + "\"") + "}}}");
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }

    private static <T> List<T> all(Multi<T> pages) {
        return get(pages.collect().asList());
    }

    private static ConnectorException failure(Uni<?> uni) {
        var failure = uni.map(item -> (Throwable) new AssertionError("No failure but " + item)).onFailure()
                .recoverWithItem(f -> f)
                .await().atMost(Duration.ofSeconds(20));
        assertThat(failure).isInstanceOf(ConnectorException.class);
        return (ConnectorException) failure;
    }
}
