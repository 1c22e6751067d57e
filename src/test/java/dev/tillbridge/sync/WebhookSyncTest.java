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
        ControlApi.put("/shopify/settings", "{\"searchLagMs\":2000}");
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
    void a_flood_of_products_is_read_by_the_list_of_changes_and_what_that_does_not_show_by_id() {
        shop = Installation.withSecret("{\"seed\":7,\"variants\":120,\"locations\":1}", SECRET);
        ControlApi.put("/shopify/settings", "{\"searchLagMs\":0}");
        List<String> skus = database.texts("select min(sku) from variant where sku is not null group by product_id order by 1");
        assertThat(skus).hasSizeGreaterThan(50);
        String deleted = skus.get(0);
        List<String> products = database.texts("select distinct product_id from variant where sku is not null");
        ControlApi.send("DELETE", "/shopify/products?sku=" + deleted, "");
        skus.subList(1, skus.size()).forEach(each -> ControlApi.post("/shopify/variants",
                "{\"sku\":\"" + each + "\",\"barcode\":\"4006381333931\"}"));
        long before = readById();

        // As one edit of all of them tells of it, while nobody looks.
        database.run("insert into webhook_inbox (store_id, kind, resource_id) select $1, 'PRODUCT', unnest($2::text[])",
                UUID.fromString(shop.store()), products.toArray(String[]::new));
        database.run("select pg_notify('tillbridge_due', $1)", shop.store() + " inbox");

        shop.until(() -> database.count("select count(*) from webhook_inbox") == 0);
        assertThat(database.count("select count(distinct product_id) from variant where barcode = '4006381333931'"))
                .isEqualTo(products.size() - 1L);
        assertThat(database.texts("select gone::text from variant where sku = $1", deleted)).contains("true");
        assertThat(readById() - before).as("reads by id").isLessThan(10);
    }

    private static long readById() {
        return SandboxResource.sandbox().requests("shopify").operations().getOrDefault("ProductVariants", 0L);
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
        shop.until(() -> steps().containsAll(List.of("DONE", "WAITING")));
        assertThat(
                database.texts("select document ? 'customerId' or document ? 'note' from sale where pos_order_id = $1", order))
                .containsExactly("false");
        WebhookSender.cloverEvent("O:" + order).statusCode(200);
        shop.until(() -> database.count("select count(*) from webhook_inbox") == 0);
        assertThat(database.texts("select document ? 'note' from sale where pos_order_id = $1", order))
                .containsExactly("false");

        // When: the customer is answered
        shop.until(() -> openNotices().contains("SHOP_DEMAND"));
        String request = database.texts("select id from webhook_demand where waits_since is not null").get(0);
        admin().post("/api/v1/webhooks/demands/" + request + "/answered").then().statusCode(204);
        admin().post("/api/v1/webhooks/demands/" + request + "/answered").then().statusCode(409);
        assertThat(steps()).contains("ANSWERED");
        shop.until(() -> !openNotices().contains("SHOP_DEMAND"));

        // When: the store is deleted, and the shop's platform demands erasure later
        Installation.disconnectAll();
        assertThat(database.count("select count(*) from sale")).isOne();
        send("products/update", "{\"id\":1}", 404);
        WebhookSender.shopify("shop/redact", "{\"shop_id\":1}", "wrong").statusCode(401);
        send("shop/redact", "{" + OF_SHOP + "}");
        shop.until(() -> steps().stream().filter("DONE"::equals).count() == 2);
        assertThat(database.count("select count(*) from sale")).isZero();
        assertThat(database.count("select count(*) from store")).isZero();
        assertThat(database.count("select count(*) from former_store f join credential c on c.owner_id = f.id")).isOne();
    }

    @Test
    void a_shop_that_is_at_work_is_erased_once_it_is_let_go_and_its_platform_is_answered_afterwards() {
        database.run("update credential set updated_at = now() - interval '3 days'");
        send("shop/redact", "{" + OF_SHOP + "}");
        shop.until(() -> steps().contains("WAITING"));
        assertThat(admin().get("/api/v1/webhooks/demands").jsonPath().getString("items[0].waitingSince")).isNotNull();
        assertThat(database.count("select count(*) from store")).isOne();

        send("app/uninstalled", "{\"id\":1,\"myshopify_domain\":\"" + SandboxResource.SHOP + "\"}");
        shop.until(() -> "PAUSED".equals(admin().get("/api/v1/stores/" + shop.store()).path("status")));
        database.run("update webhook_demand set act_at = now() where act_at is not null");
        shop.until(() -> database.count("select count(*) from store") == 0);
        shop.until(() -> database
                .count("select count(*) from webhook_demand where act_at is not null or waits_since is not null") == 0);
        // Past what this replica remembers of the shop.
        shop.until(() -> WebhookSender.shopify("products/update", "{\"id\":1}", SECRET).extract().statusCode() == 404);
        send("shop/redact", "{" + OF_SHOP + "}");
    }

    @Test
    void a_shop_that_was_connected_again_is_not_erased() {
        database.run("update credential set updated_at = now() - interval '3 days'");
        send("shop/redact", "{" + OF_SHOP + "}");
        shop.until(() -> steps().contains("WAITING"));

        admin().body(Map.of("accessToken", "shpat_demo", "clientSecret", SECRET))
                .put("/api/v1/stores/" + shop.store() + "/credentials").then().statusCode(200);
        database.run("update webhook_demand set act_at = now() where act_at is not null");

        shop.until(() -> steps().contains("IGNORED"));
        assertThat(database.count("select count(*) from webhook_demand where act_at is not null or waits_since is not null"))
                .isZero();
        assertThat(database.count("select count(*) from store")).isOne();
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
    void subscriptions_end_with_their_store() {
        UUID store = UUID.fromString(shop.store());
        shop.until(
                () -> database.texts("select subscriptions from webhook_status where store_id = $1", store).contains("ACTIVE"));

        Installation.disconnectAll();

        assertThat(database.texts("select cause from journal where store_id = $1 and kind = 'subscriptions-ended'", store))
                .containsExactly("18 webhook subscriptions were ended");
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

    private List<String> openNotices() {
        return database.texts("select kind from notice where resolved_at is null");
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
