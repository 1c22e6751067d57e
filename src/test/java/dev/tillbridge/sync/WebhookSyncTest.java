package dev.tillbridge.sync;

import static dev.tillbridge.platform.PlainDatabase.get;
import static dev.tillbridge.sync.Installation.admin;
import static dev.tillbridge.sync.Installation.shopHas;
import static dev.tillbridge.sync.Installation.tillOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.QuietPass;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.LongPolls;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.TestPass;
import dev.tillbridge.testing.WebhookSender;

/** From a webhook to what it changes on the other side; polls are far longer than the test. */
@QuarkusTest
@TestProfile(LongPolls.class)
@QuarkusTestResource(SandboxResource.class)
class WebhookSyncTest {

    private static final String SECRET = "the-app's-client-secret";

    private static final String OF_SHOP = "\"shop_domain\":\"" + SandboxResource.SHOP + "\"";

    @Inject
    Pool pool;
    @Inject
    WebhookWatch watch;
    @Inject
    InboxReader reader;

    private PlainDatabase database;
    private Installation shop;
    private String sku;
    private String item;

    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        database.run("delete from webhook_demand_step");
        database.run("delete from webhook_demand");
        database.run("delete from former_store");
        shop = Installation.withSecret("{\"seed\":7,\"variants\":20,\"locations\":1}", SECRET);
        shop.settings("{\"enabled\":true,\"safetyStock\":0}",
                "{\"enabled\":true}");
        Map<String, Object> link = shop.links("linked").get(0);
        sku = (String) ((Map<?, ?>) link.get("variant")).get("sku");
        item = (String) ((Map<?, ?>) link.get("item")).get("id");
        shop.until(() -> tillOf(sku).intValue() == Installation.shop().get(sku).intValue());
    }

    @AfterEach
    void disconnect() {
        ControlApi.delete("/faults");
        Installation.disconnectAll();
    }

    @Test
    void a_level_that_a_webhook_tells_of_is_on_the_till_at_once_and_a_failing_read_is_tried_again() {
        shopHas(sku, 321);
        send("inventory_levels/update", level());
        shop.until(() -> tillOf(sku).intValue() == 321);

        ControlApi.post("/faults",
                "{\"side\":\"shopify\",\"operation\":\"LevelsById\",\"kind\":\"SERVER_ERROR_BEFORE\",\"nth\":1,\"times\":5}");
        shopHas(sku, 123);
        send("inventory_levels/update", level());
        shop.until(() -> database.texts("select last_error from webhook_inbox").stream().anyMatch(error -> error != null));
        ControlApi.delete("/faults");
        shop.until(() -> tillOf(sku).intValue() == 123 && database.count("select count(*) from webhook_inbox") == 0);
        assertThat(shop.runs().getList("items.failures")).isNotEmpty();
    }

    @Test
    void a_product_is_read_by_its_id_and_a_variant_that_is_gone_is_sold_out() {
        String product = database.texts("select product_id from variant where sku = $1", sku).get(0);
        ControlApi.post("/shopify/variants", "{\"sku\":\"" + sku + "\",\"barcode\":\"4006381333931\"}");
        send("products/update", "{\"id\":" + product + "}");
        shop.until(() -> database.texts("select barcode from variant where sku = $1", sku).contains("4006381333931"));

        ControlApi.post("/shopify/variants", "{\"sku\":\"" + sku + "\",\"barcode\":\"96385074\"}");
        String inventoryItem = database.texts("select inventory_item_id from variant where sku = $1", sku).get(0);
        send("inventory_items/update", "{\"id\":" + inventoryItem + "}");
        shop.until(() -> database.texts("select barcode from variant where sku = $1", sku).contains("96385074"));

        ControlApi.send("DELETE", "/shopify/products?sku=" + sku, "");
        send("products/delete", "{\"id\":" + product + "}");
        shop.until(() -> database.texts("select gone::text from variant where sku = $1", sku).contains("true"));
        shop.until(() -> tillOf(sku).signum() == 0);
    }

    @Test
    void a_sale_that_a_webhook_tells_of_is_imported_and_one_told_of_by_its_payment_too() {
        String order = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":1}]}");
        WebhookSender.cloverEvent("O:" + order).statusCode(200);
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(order)));

        String other = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":2}]}");
        String payment = paymentOf(other);
        WebhookSender.cloverEvent("P:" + payment).statusCode(200);
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(other)));
        assertThat(Installation.shopOrders()).hasSize(2);
    }

    @Test
    void an_item_that_a_webhook_tells_of_is_read_by_its_id() {
        Installation.countAtTheTill(sku, 3);
        WebhookSender.cloverEvent("IS:" + item).statusCode(200);
        shop.until(() -> shop.recounts().getList("items.status").contains("OPEN")
                || database.texts("select quantity::int from item where id = $1", item).contains("3"));
    }

    @Test
    void an_uninstalled_app_pauses_the_store_until_it_gets_credentials() {
        send("app/uninstalled", "{\"id\":1,\"myshopify_domain\":\"" + SandboxResource.SHOP + "\"}");
        String store = "/api/v1/stores/" + shop.store();
        shop.until(() -> "PAUSED".equals(admin().get(store).path("status")));
        admin().get(store).then().body("statusReason", org.hamcrest.Matchers.containsString("uninstalled"));
        shop.until(() -> database.count("select count(*) from store_lease where owner is not null") == 0);

        admin().body(Map.of("accessToken", "shpat_demo", "clientSecret", "another-secret")).put(store + "/credentials").then()
                .statusCode(200).body("status", equalTo("CONNECTED"))
                .body("webhooks.previousSecretUntil", org.hamcrest.Matchers.notNullValue());
        // While the app goes over to the new secret both are accepted.
        WebhookSender.shopify("shop/update", "{\"id\":1}", SECRET).statusCode(200);
        WebhookSender.shopify("shop/update", "{\"id\":1}", "another-secret").statusCode(200);
        database.run("update store set previous_secret_until = now() - interval '1 second'");
        shop.until(() -> WebhookSender.shopify("shop/update", "{\"id\":1}", SECRET).extract().statusCode() == 401);
        JsonPath demands = admin().get("/api/v1/webhooks/demands").jsonPath();
        assertThat(demands.getString("items[0].kind")).isEqualTo("UNINSTALLED");
        assertThat(demands.getString("items[0].steps[0].outcome")).isEqualTo("DONE");
    }

    @Test
    void a_customer_is_erased_from_the_sale_and_a_deleted_shop_whole() {
        String order = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":1}],\"note\":\"for Jane\"}");
        WebhookSender.cloverEvent("O:" + order).statusCode(200);
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(order)));
        String storeOrder = database.texts("select store_order_id from sale where pos_order_id = $1", order).get(0);
        database.run(
                "update sale set document = document || '{\"customerId\":\"JANE\",\"note\":\"for Jane\"}' where pos_order_id = $1",
                order);

        send("customers/data_request", "{" + OF_SHOP + ",\"customer\":{\"id\":5},\"orders_requested\":[" + storeOrder + "]}");
        send("customers/redact", "{" + OF_SHOP + ",\"customer\":{\"id\":5},\"orders_to_redact\":[" + storeOrder + "]}");
        shop.until(() -> steps().stream().filter("DONE"::equals).count() == 2);
        assertThat(
                database.texts("select document ? 'customerId' or document ? 'note' from sale where pos_order_id = $1", order))
                .containsExactly("false");
        WebhookSender.cloverEvent("O:" + order).statusCode(200);
        shop.until(() -> database.count("select count(*) from webhook_inbox") == 0);
        assertThat(database.texts("select document ? 'note' from sale where pos_order_id = $1", order))
                .containsExactly("false");

        // When: the store is deleted, and the shop's platform demands erasure later
        Installation.disconnectAll();
        assertThat(database.count("select count(*) from sale")).isOne();
        send("products/update", "{\"id\":1}", 404);
        WebhookSender.shopify("shop/redact", "{\"shop_id\":1}", "wrong").statusCode(401);
        send("shop/redact", "{" + OF_SHOP + "}");
        shop.until(() -> steps().stream().filter("DONE"::equals).count() == 3);
        assertThat(database.count("select count(*) from sale")).isZero();
        assertThat(database.count("select count(*) from store")).isZero();
        assertThat(database.count("select count(*) from former_store f join credential c on c.owner_id = f.id")).isOne();
    }

    @Test
    void a_store_that_falls_silent_says_so_until_a_webhook_comes() {
        String store = "/api/v1/stores/" + shop.store();
        database.run("update webhook_status set active_since = now() - interval '1 hour', last_at = null where true");
        database.run(
                "insert into webhook_status (store_id, subscriptions, active_since) values ($1, 'ACTIVE', now() - interval '1 hour')"
                        + " on conflict (store_id) do nothing",
                java.util.UUID.fromString(shop.store()));
        shopHas(sku, 55);
        shop.run(false);

        shop.until(() -> "SILENT".equals(admin().get(store).path("webhooks.status")));
        assertThat(database.texts("select kind from notice where resolved_at is null")).contains("WEBHOOKS_SILENT");
        assertThat(admin().get(store).jsonPath().<String>getList("warnings.code")).contains("webhooks-silent");

        send("shop/update", "{\"id\":1}");
        shop.until(() -> !"SILENT".equals(admin().get(store).path("webhooks.status")));
        assertThat(database.texts("select kind from notice where resolved_at is null")).doesNotContain("WEBHOOKS_SILENT");
    }

    @Test
    void another_replicas_change_wakes_the_holder() {
        int before = database.texts("select settings from channel").size();
        assertThat(before).isOne();
        // As another replica would: past this one's memory, in one transaction with its notification.
        database.run("update channel set settings = jsonb_set(settings, '{inventorySync,safetyStock}', '4')");
        int expected = Math.max(0, Installation.shop().get(sku).intValue() - 4);
        database.run("select pg_notify('tillbridge_due', $1)", shop.store() + " changed " + java.util.UUID.randomUUID());

        shop.until(() -> tillOf(sku).intValue() == expected);
    }

    @Test
    void subscriptions_that_could_not_be_looked_at_are_tried_again_soon() {
        UUID store = UUID.fromString(shop.store());
        String standing = "select subscriptions from webhook_status where store_id = $1";
        shop.until(() -> database.texts(standing, store).contains("ACTIVE"));
        ControlApi.post("/faults",
                "{\"side\":\"shopify\",\"operation\":\"WebhookSubscriptions\",\"kind\":\"SERVER_ERROR_BEFORE\",\"nth\":1,\"times\":50}");
        watch.left(store);

        assertThat(get(watch.watch(passOf(store)))).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(database.texts(standing, store)).containsExactly("FAILED");
        ControlApi.delete("/faults");
        shop.until(() -> {
            watch.left(store);
            return get(watch.watch(passOf(store))) == null;
        });
        assertThat(database.texts(standing, store)).containsExactly("ACTIVE");
    }

    @Test
    void a_kind_that_may_not_be_read_keeps_no_other_from_being_read() {
        Fence fence = database.leasedStore();
        hinted(fence, "LEVEL", "1/2");
        hinted(fence, "PRODUCT", "3");
        hinted(fence, "ORDER", "4");

        assertThatThrownBy(() -> read(fence, (kind, ids) -> kind == WebhookHint.Kind.PRODUCT
                ? Uni.createFrom().failure(new ConnectorException.Unauthorized("read_products is missing"))
                : Uni.createFrom().voidItem())).isInstanceOf(ConnectorException.Unauthorized.class);

        assertThat(open(fence)).containsExactly("PRODUCT 3 1 read_products is missing");
        database.run("delete from store where id = $1", fence.storeId());
    }

    @Test
    void a_resource_that_lastingly_fails_keeps_no_other_from_being_read() {
        Fence fence = database.leasedStore();
        List.of("1", "2", "3").forEach(id -> hinted(fence, "PRODUCT", id));
        InboxReader.Work work = (kind, ids) -> ids.contains("2")
                ? Uni.createFrom().failure(new ConnectorException.Transient("server-error", "Failed", false, null))
                : Uni.createFrom().voidItem();

        read(fence, work);
        assertThat(open(fence)).as("perhaps nothing can be read").containsExactly("PRODUCT 1 1 Failed", "PRODUCT 2 1 Failed",
                "PRODUCT 3 1 Failed");
        database.run("update webhook_inbox set retry_at = now() where store_id = $1", fence.storeId());
        hinted(fence, "PRODUCT", "4");
        read(fence, work);
        assertThat(open(fence)).containsExactly("PRODUCT 2 2 Failed");
        database.run("delete from store where id = $1", fence.storeId());
    }

    private void hinted(Fence fence, String kind, String id) {
        database.run("insert into webhook_inbox (store_id, kind, resource_id) values ($1, $2, $3)", fence.storeId(), kind, id);
    }

    private void read(Fence fence, InboxReader.Work work) {
        get(reader.pass(new TestPass(fence, new ArrayList<>()), fence.storeId(), work));
    }

    private List<String> open(Fence fence) {
        return database.texts("select kind || ' ' || resource_id || ' ' || attempts || ' ' || last_error from webhook_inbox"
                + " where store_id = $1 order by resource_id", fence.storeId());
    }

    /** As the holder's. */
    private Pass passOf(UUID store) {
        long number = database.count("select fence from store_lease where store_id = $1", store);
        return new QuietPass(new Fence() {
            @Override
            public UUID storeId() {
                return store;
            }

            @Override
            public long number() {
                return number;
            }

            @Override
            public Duration remaining() {
                return Duration.ofHours(1);
            }
        });
    }

    private List<String> steps() {
        return admin().get("/api/v1/webhooks/demands").jsonPath().<List<String>>getList("items.steps.outcome").stream()
                .flatMap(List::stream).toList();
    }

    private String paymentOf(String order) {
        JsonPath found = io.restassured.RestAssured.given().header("Authorization", "Bearer " + SandboxResource.CLOVER_TOKEN)
                .header("User-Agent", "test/1").get(SandboxResource.sandbox().cloverUrl() + "/v3/merchants/"
                        + SandboxResource.MERCHANT + "/orders/" + order + "?expand=payments")
                .jsonPath();
        return found.getString("payments.elements[0].id");
    }

    private String level() {
        return database
                .texts("select '{\"inventory_item_id\":' || v.inventory_item_id || ',\"location_id\":' || l.location_id || '}'"
                        + " from variant v join level l using (store_id, inventory_item_id) where v.sku = $1", sku)
                .get(0);
    }

    private static void send(String topic, String body) {
        send(topic, body, 200);
    }

    private static void send(String topic, String body, int status) {
        WebhookSender.shopify(topic, body, SECRET).statusCode(status);
    }
}
