package dev.tillbridge.sync;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.quarkus.arc.Arc;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** The service with the sandbox's shop and till, as an operator sees it: by the REST API alone. */
final class Installation {

    /** In seconds; whoever looks for a failure may want to wait less: {@code TILLBRIDGE_TEST_PATIENCE}. */
    private static final Duration PATIENCE = Duration
            .ofSeconds(Long.parseLong(System.getenv().getOrDefault("TILLBRIDGE_TEST_PATIENCE", "90")));

    private final String channel;

    private Installation(String channel) {
        this.channel = channel;
    }

    /** Seeds the sandbox, connects shop and till, and waits for the first sync. Nothing is written to the till yet. */
    static Installation of(String seed) {
        return of(seed, () -> {
        });
    }

    /** @param before changes what the emptied sandbox is seeded into */
    static Installation of(String seed, Runnable before) {
        return of(seed, before, Map.of("shopDomain", SandboxResource.SHOP, "accessToken", "shpat_demo"));
    }

    private static Installation of(String seed, Runnable before, Map<String, String> shop) {
        disconnectAll();
        ControlApi.post("/reset", "{}");
        ControlApi.put("/shopify/settings", "{\"bulkMs\":100}");
        before.run();
        // The emptied sandbox draws the same ids again, and an order's identity outlives its channel.
        PlainDatabase database = PlainDatabase.over(Arc.container().instance(Pool.class).get());
        database.run("delete from stock_adjustment");
        database.run("delete from sale");
        ControlApi.post("/seed", seed);
        return connected(shop);
    }

    /** As {@link #of}, with a shop and a till that have nothing. */
    static Installation empty() {
        disconnectAll();
        ControlApi.post("/reset", "{}");
        return connected();
    }

    /** Disconnects shop and till and connects them anew; what is in the sandbox stays. */
    static Installation again() {
        disconnectAll();
        return connected();
    }

    /** As {@link #of(String)}, with a client secret that webhooks are verified with. */
    static Installation withSecret(String seed, String clientSecret) {
        return withSecret(seed, clientSecret, () -> {
        });
    }

    /** @param before changes what the emptied sandbox is seeded into */
    static Installation withSecret(String seed, String clientSecret, Runnable before) {
        return of(seed, before,
                Map.of("shopDomain", SandboxResource.SHOP, "accessToken", "shpat_demo", "clientSecret", clientSecret));
    }

    private static Installation connected() {
        return connected(Map.of("shopDomain", SandboxResource.SHOP, "accessToken", "shpat_demo"));
    }

    private static Installation connected(Map<String, String> shop) {
        String store = admin().body(shop)
                .post("/api/v1/stores").then().statusCode(201).extract().path("id");
        String channel = admin().body(Map.of("storeId", store, "name", "Main Street", "integration", "clover", "region", "us",
                "merchantId", SandboxResource.MERCHANT, "token", SandboxResource.CLOVER_TOKEN))
                .post("/api/v1/channels").then().statusCode(201).extract().path("id");
        Installation installation = new Installation(channel);
        installation.until(() -> installation.runs().getList("items.status").contains("SUCCEEDED"));
        return installation;
    }

    static void disconnectAll() {
        admin().get("/api/v1/channels").jsonPath().<String>getList("items.id")
                .forEach(id -> admin().delete("/api/v1/channels/" + id).then().statusCode(204));
        admin().get("/api/v1/stores").jsonPath().<String>getList("items.id")
                .forEach(id -> admin().delete("/api/v1/stores/" + id).then().statusCode(204));
    }

    static RequestSpecification admin() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY);
    }

    String channel() {
        return channel;
    }

    String store() {
        return admin().get("/api/v1/channels/" + channel).then().statusCode(200).extract().path("storeId");
    }

    /** Saves settings whole; {@code inventorySync} is the JSON of that part. */
    void settings(String inventorySync) {
        settings(inventorySync, "{}");
    }

    /** Saves settings whole; both are the JSON of their part. */
    void settings(String inventorySync, String orderSync) {
        settings(inventorySync, orderSync, "{}");
    }

    /** Saves settings whole; each is the JSON of its part. */
    void settings(String inventorySync, String orderSync, String shipmentSync) {
        put("{\"uniqueIdentifier\":\"SKU\",\"inventorySync\":" + inventorySync + ",\"orderSync\":" + orderSync
                + ",\"shipmentSync\":" + shipmentSync + "}").statusCode(200);
    }

    /** Replaces the settings by this document; answers what comes of it. */
    ValidatableResponse put(String settings) {
        String etag = admin().get("/api/v1/channels/" + channel + "/settings").then().statusCode(200).extract().header("ETag");
        return admin().header("If-Match", etag).body(settings).put("/api/v1/channels/" + channel + "/settings").then();
    }

    /** Asks for a run and waits until it is over; answers it. */
    JsonPath run(boolean full) {
        return run("stock", full);
    }

    /** As {@link #run(boolean)}, of this stream. */
    JsonPath run(String stream, boolean full) {
        return run(full, stream);
    }

    /** The same, of these streams. */
    JsonPath run(boolean full, String... streams) {
        String run = admin().body(Map.of("streams", List.of(streams), "full", full))
                .post("/api/v1/channels/" + channel + "/runs")
                .then().statusCode(202).extract().path("id");
        until(() -> run(run).getString("finishedAt") != null);
        return run(run);
    }

    JsonPath run(String run) {
        return admin().get("/api/v1/channels/" + channel + "/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    JsonPath runs() {
        return admin().get("/api/v1/channels/" + channel + "/runs").then().statusCode(200).extract().jsonPath();
    }

    /** A sale as the API shows it. */
    JsonPath order(String posOrderId) {
        return admin().get("/api/v1/channels/" + channel + "/orders/" + posOrderId).then().statusCode(200).extract().jsonPath();
    }

    /** The sale's status; null where it was not found yet. */
    String orderStatus(String posOrderId) {
        var answer = admin().get("/api/v1/channels/" + channel + "/orders/" + posOrderId);
        return answer.statusCode() == 404 ? null : answer.then().statusCode(200).extract().jsonPath().getString("status");
    }

    /** The store's orders in the sandbox's book. */
    static List<Map<String, Object>> shopOrders() {
        return ControlApi.list("/state", "shopifyOrders");
    }

    static List<Map<String, Object>> shopOrders(String identity) {
        return shopOrders().stream().filter(order -> identity.equals(order.get("sourceIdentifier"))).toList();
    }

    /** Sells at the till; {@code sale} is the control call's JSON without merchant. Answers the order's id. */
    static String sells(String sale) {
        return ControlApi.send("POST", "/clover/sales", sale).path("orderId").asText();
    }

    /** Makes an order in the shop under a sale's identity, past the service. */
    static void makesOrder(String identity) {
        String query = """
                {"query":"mutation OrderCreate($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors { message } } }",
                 "variables":{"order":{"name":"THE-OLDER","sourceIdentifier":"%s","currency":"USD","financialStatus":"PAID",
                  "lineItems":[{"title":"Mug","quantity":1,"priceSet":{"shopMoney":{"amount":"1.00","currencyCode":"USD"}}}]}}}"""
                .formatted(identity);
        given().contentType(ContentType.JSON).header("X-Shopify-Access-Token", "shpat_demo").body(query)
                .post(SandboxResource.sandbox().shopifyUrl() + "/admin/api/2026-10/graphql.json").then().statusCode(200)
                .body("data.orderCreate.userErrors.size()", equalTo(0));
    }

    JsonPath recounts() {
        return admin().get("/api/v1/channels/" + channel + "/recounts").then().statusCode(200).extract().jsonPath();
    }

    JsonPath journal(String itemId) {
        return journalOf("stock:" + itemId);
    }

    JsonPath journalOf(String subject) {
        return admin().queryParam("subject", subject).get("/api/v1/channels/" + channel + "/journal").then()
                .statusCode(200).extract().jsonPath();
    }

    /** All links of a status, page by page. */
    List<Map<String, Object>> links(String status) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = admin().queryParam("status", status).queryParam("limit", 500);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/v1/channels/" + channel + "/links").then().statusCode(200).extract().jsonPath();
            all.addAll(page.getList("items"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return all;
    }

    /** What the till shows, by item id. */
    static Map<String, BigDecimal> till() {
        Map<String, BigDecimal> till = new HashMap<>();
        SandboxResource.sandbox().stock("clover").forEach(row -> till.put(row.id(), row.quantity()));
        return till;
    }

    /** What the shop has, by SKU; of SKUs that occur twice the last one. */
    static Map<String, BigDecimal> shop() {
        Map<String, BigDecimal> shop = new HashMap<>();
        SandboxResource.sandbox().stock("shopify").forEach(row -> shop.put(row.sku(), row.quantity()));
        return shop;
    }

    static BigDecimal tillOf(String sku) {
        return SandboxResource.sandbox().stock("clover").stream().filter(row -> sku.equals(row.sku())).findFirst().orElseThrow()
                .quantity();
    }

    static void countAtTheTill(String sku, int quantity) {
        ControlApi.post("/clover/stock",
                "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}");
    }

    static void shopHas(String sku, int available) {
        ControlApi.post("/shopify/levels", "{\"sku\":\"" + sku + "\",\"available\":" + available + "}");
    }

    static long stockWrites() {
        return ControlApi.calls("item_stocks.post");
    }

    void until(Supplier<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition::get);
    }
}
