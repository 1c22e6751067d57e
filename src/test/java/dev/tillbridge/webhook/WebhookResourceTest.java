package dev.tillbridge.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.LongPolls;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.WebhookSender;

/** What is taken, what is refused, and that nothing of the latter is stored. The store has no till, so that nobody works on it. */
@QuarkusTest
@TestProfile(LongPolls.class)
@QuarkusTestResource(SandboxResource.class)
class WebhookResourceTest {

    private static final String SECRET = "a-client-secret";
    private static final String PRODUCT = "{\"id\":632910392}";

    @Inject
    Pool pool;

    private PlainDatabase database;
    private String store;

    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        database.run("delete from former_store");
        database.run("delete from webhook_event");
        store = connect(Map.of("shopDomain", SandboxResource.SHOP, "accessToken", "shpat_demo", "clientSecret", SECRET));
    }

    @AfterEach
    void disconnect() {
        admin().delete("/api/v1/stores/" + store).then().statusCode(204);
    }

    @Test
    void what_is_signed_is_stored_once() {
        WebhookSender.shopify(SandboxResource.SHOP.toUpperCase(java.util.Locale.ROOT), "products/update", PRODUCT, SECRET, "e1")
                .statusCode(200);
        WebhookSender.shopify(SandboxResource.SHOP, "products/update", PRODUCT, SECRET, "e1").statusCode(200);
        WebhookSender.shopify(SandboxResource.SHOP, "products/delete", PRODUCT, SECRET, "e1").statusCode(200);

        assertThat(database.texts("select kind || ' ' || resource_id || ' ' || version from webhook_inbox"))
                .as("one event under two topics is told of twice, coming again it is not")
                .containsExactly("PRODUCT 632910392 2");
    }

    @Test
    void what_is_not_signed_is_refused_and_nothing_stored() {
        WebhookSender.shopify("products/update", PRODUCT, "another").statusCode(401)
                .body("code", equalTo("webhook-not-verified"));
        WebhookSender.headers(SandboxResource.SHOP, "products/update", "e").header("X-Shopify-Hmac-Sha256",
                WebhookSender.signature(PRODUCT, SECRET)).body(PRODUCT + " ").post("/webhooks/shopify").then().statusCode(401);
        WebhookSender.headers(SandboxResource.SHOP, "products/update", "e").body(PRODUCT).post("/webhooks/shopify").then()
                .statusCode(401).body("code", equalTo("webhook-not-verified"));

        nothingIsStored();
    }

    @Test
    void what_is_demanded_of_another_shop_than_the_headers_name_is_refused() {
        String other = "\"other.myshopify.com\"";
        for (String topic : List.of("customers/data_request", "customers/redact", "shop/redact")) {
            WebhookSender.shopify(topic, "{\"shop_id\":1,\"shop_domain\":" + other + "}", SECRET).statusCode(401)
                    .body("code", equalTo("webhook-not-verified")).body("detail", containsString("shop_domain"));
        }
        WebhookSender.shopify("app/uninstalled", "{\"id\":1,\"myshopify_domain\":" + other + "}", SECRET).statusCode(401);
        WebhookSender.shopify("app/uninstalled", "{\"id\":1}", SECRET).statusCode(401);

        nothingIsStored();
        assertThat(database.count("select count(*) from webhook_demand where act_at is not null")).isZero();
        admin().get("/api/v1/stores/" + store).then().body("status", equalTo("CONNECTED"));
    }

    @Test
    void a_former_stores_secret_whose_key_is_lost_takes_nothing_from_the_present_one() {
        UUID former = UUID.randomUUID();
        database.run(
                "insert into former_store (id, store_id, shop_domain, keep_until) values ($1, $1, $2, now() + interval '1 day')",
                former, SandboxResource.SHOP);
        database.run("insert into credential (owner_id, name, key_id, nonce, ciphertext)"
                + " select $1, name, 'lost', nonce, ciphertext from credential where owner_id = $2 and name = 'client-secret'",
                former, UUID.fromString(store));

        WebhookSender.shopify("products/update", PRODUCT, "another").statusCode(401);
        WebhookSender.shopify("products/update", PRODUCT, SECRET).statusCode(200);
    }

    @Test
    void what_cannot_be_read_is_refused_with_its_reason() {
        WebhookSender.shopify("products/update", "<xml/>", SECRET).statusCode(400).body("code", equalTo("malformed-body"));
        WebhookSender.shopify("products/update", "{\"title\":1}", SECRET).statusCode(400)
                .body("code", equalTo("malformed-body"))
                .body("detail", containsString("'id'"));
        WebhookSender.shopify("products/update", "{\"id\":1,\"body\":\"" + "x".repeat(1_100_000) + "\"}", SECRET)
                .statusCode(413)
                .body("code", equalTo("body-too-large"));
        WebhookSender.shopify("nobody.myshopify.com", "products/update", PRODUCT, SECRET, "e").statusCode(404)
                .body("code", equalTo("webhook-store-unknown"));
        given().body("{}").post("/webhooks/elsewhere").then().statusCode(404).body("code", equalTo("not-found"));

        nothingIsStored();
    }

    @Test
    void without_a_client_secret_nothing_can_be_verified() {
        admin().body(Map.of("accessToken", "shpat_demo")).put("/api/v1/stores/" + store + "/credentials").then().statusCode(200)
                .body("webhooks.status", equalTo("UNVERIFIABLE"));
        // The one before is accepted for a while; here its time is over before it was ever asked for.
        database.run("update store set previous_secret_until = null");
        WebhookSender.shopify("products/update", PRODUCT, SECRET).statusCode(401)
                .body("detail", containsString("no client secret"));
    }

    @Test
    void clovers_code_is_what_its_posts_are_recognised_by() {
        WebhookSender.cloverEvent("O:4ZK7QW1T2M3N4").statusCode(200);
        String post = "{\"appId\":\"A\",\"merchants\":{}}";
        WebhookSender.clover(post, LongPolls.OLD_CLOVER_CODE).statusCode(200);
        WebhookSender.clover(post, "guessed").statusCode(401).body("code", equalTo("webhook-not-verified"));
        WebhookSender.clover(post, null).statusCode(401);
        WebhookSender.clover("{", LongPolls.CLOVER_CODE).statusCode(400).body("code", equalTo("malformed-body"));
        WebhookSender.clover("{", null).statusCode(401);

        nothingIsStored();
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).contains("tillbridge_webhook_unknown_merchants_total")
                .contains("tillbridge_webhook_refused_total{reason=\"wrong_code\",source=\"clover\"");
    }

    @Test
    void the_verification_code_is_shown_to_an_admin_as_unproven_and_a_flood_of_them_is_refused() {
        String code = UUID.randomUUID().toString();
        WebhookSender.clover("{\"verificationCode\":\"" + code + "\"}", null).statusCode(200);

        admin().get("/api/v1/integrations/clover/webhook").then().statusCode(200)
                .body("verificationCodes[0].code", equalTo(code)).body("authCodeSet", equalTo(true))
                .body("warnings.code", equalTo(List.of("verification-codes-unproven")))
                .body("url", equalTo("https://till.example.com/webhooks/clover"));
        given().get("/api/v1/integrations/clover/webhook").then().statusCode(401);
        admin().get("/api/v1/integrations/shopify/webhook").then().statusCode(404);

        // When: somebody posts more than anybody asks for
        database.run("delete from webhook_verification");
        database.run("insert into webhook_verification (integration, code, received_at)"
                + " values ('clover', 'old', now() - interval '2 days')");
        int last = 0;
        for (int i = 0; i < 30 && last != 503; i++) {
            last = WebhookSender.clover("{\"verificationCode\":\"guess-" + i + "\"}", null).extract().statusCode();
        }

        // Then
        assertThat(last).isEqualTo(503);
        List<String> shown = admin().get("/api/v1/integrations/clover/webhook").jsonPath().getList("verificationCodes.code");
        assertThat(shown).isNotEmpty().hasSizeLessThanOrEqualTo(10).doesNotContain("old");
    }

    private void nothingIsStored() {
        assertThat(database.count("select count(*) from webhook_inbox")).isZero();
        assertThat(database.count("select count(*) from webhook_event")).isZero();
        assertThat(database.count("select count(*) from webhook_status where last_at is not null")).isZero();
    }

    private static String connect(Map<String, String> shop) {
        return admin().body(shop).post("/api/v1/stores").then().statusCode(201).extract().path("id");
    }

    private static RequestSpecification admin() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY);
    }
}
