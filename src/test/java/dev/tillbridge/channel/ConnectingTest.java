package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class ConnectingTest {

    private static final String MERCHANT = "3D19QN31ANYR5";

    @Inject
    FakeTill till;
    @Inject
    FakeShop shop;
    @Inject
    Pool pool;
    @Inject
    ChannelDirectory directory;

    @BeforeEach
    void emptyTables() {
        till.reset();
        shop.reset();
        await(pool.query("delete from channel").execute().chain(() -> pool.query("delete from store").execute())
                .chain(() -> pool.query("delete from credential").execute()));
    }

    @Test
    void aStoreIsConnectedWithItsLocationsAndALeaseAndShowsNoCredential() {
        var id = post("/api/v1/stores", Map.of("shopDomain", "Demo.myshopify.com", "accessToken", "good-token-of-demo"))
                .statusCode(201)
                .header("Location", containsString("/api/v1/stores/"))
                .body("shopDomain", equalTo("demo.myshopify.com")).body("status", equalTo("CONNECTED"))
                .body("locations.id", contains("101", "103", "102"))
                .body("webhooksVerifiable", equalTo(false)).body("warnings.code", contains("webhooks-unverifiable"))
                .extract().jsonPath().getUUID("id");

        assertThat(shop.prepared).hasSize(1);
        assertThat(count("select count(*) from store_lease where store_id = $1", id)).isEqualTo(1);
        assertThat(count(
                "select count(*) from journal where store_id = $1 and kind = 'store-connected' and actor = 'bootstrap'", id))
                .isEqualTo(1);
        assertThat(await(directory.shopConnection(id)).credentials())
                .isInstanceOfSatisfying(ShopConnection.AccessToken.class,
                        token -> assertThat(token.token().reveal()).isEqualTo("good-token-of-demo"));
        assertThat(admin().get("/api/v1/stores").then().statusCode(200).extract().asString()).doesNotContain("good-token");
        assertThat(count(
                "select count(*) from credential where owner_id = $1 and position('good-token'::bytea in ciphertext) > 0", id))
                .isZero();
    }

    @Test
    void aStoreWithMissingScopesSaysSo() {
        shop.missing(List.of("write_inventory"));
        post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "clientId", "id", "clientSecret", "secret"))
                .statusCode(201).body("status", equalTo("SCOPES_MISSING")).body("scopes.missing", contains("write_inventory"))
                .body("webhooksVerifiable", equalTo(true)).body("warnings.code", contains("scopes-missing"));
    }

    @Test
    void aDomainThatIsNoShopifyShopIsRefusedWithoutAsking() {
        for (var domain : List.of("example.com", "demo.myshopify.com/admin", "demo.myshopify.com:443", "127.0.0.1",
                "https://demo.myshopify.com", "demo.myshopify.com.evil.com")) {
            problem(post("/api/v1/stores", Map.of("shopDomain", domain, "accessToken", "good")), 422, "not-a-shopify-domain")
                    .body("violations.field", contains("shopDomain"));
        }
        assertThat(shop.asked).isEmpty();
    }

    @Test
    void aShopThatDoesNotAcceptTheTokenConnectsNothing() {
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "wrong")), 422,
                "store-unauthorized");
        admin().get("/api/v1/stores").then().body("items", empty());
    }

    @Test
    void aShopThatDoesNotExistIsToldFromAWrongToken() {
        shop.failWith(new ConnectorException.Rejected("not-found", 404, "Shopify knows no shop demo.myshopify.com."));
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "good")), 422,
                "store-not-found-at-shopify");
    }

    @Test
    void aShopThatDoesNotAnswerIsAVendorUnavailable() {
        shop.failWith(new ConnectorException.Transient("timeout", "Shopify did not answer within 20 s.", false, null));
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "good")), 503,
                "vendor-unavailable")
                .body("vendorCode", equalTo("timeout")).body("detail", containsString("Safe to try again"));
    }

    @Test
    void aShopIsConnectedOnce() {
        store();
        var asked = shop.asked.size();
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "good")), 409,
                "store-already-connected");
        assertThat(shop.asked).hasSize(asked);
    }

    @Test
    void aTokenOrAClientIsNeededButNotBoth() {
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com")), 422, "validation-failed")
                .body("violations.field", contains("credentials"));
        problem(post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "good", "clientId", "x",
                "clientSecret", "y")), 422, "validation-failed");
    }

    @Test
    void newCredentialsResumeAStoreThatLostThem() {
        var store = store();
        await(directory.storeUnauthorized(store, "Shopify refused twice"));
        admin().get("/api/v1/stores/" + store).then().body("status", equalTo("UNAUTHORIZED"))
                .body("statusReason", equalTo("Shopify refused twice"));

        problem(admin().body(Map.of("accessToken", "wrong")).put("/api/v1/stores/" + store + "/credentials").then(), 422,
                "store-unauthorized");
        assertThat(await(directory.store(store)).status()).isEqualTo(StoreStatus.UNAUTHORIZED);

        admin().body(Map.of("accessToken", "good-2", "clientSecret", "s")).put("/api/v1/stores/" + store + "/credentials")
                .then()
                .statusCode(200).body("status", equalTo("CONNECTED")).body("statusReason", nullValue())
                .body("webhooksVerifiable", equalTo(true));
    }

    @Test
    void newCredentialsAreTakenAlsoWhereTheKeyOfThoseBeforeIsLost() {
        var store = store();
        await(pool.preparedQuery("update credential set key_id = 'lost' where owner_id = $1").execute(Tuple.of(store)));

        admin().body(Map.of("accessToken", "good-2", "clientSecret", "s")).put("/api/v1/stores/" + store + "/credentials")
                .then().statusCode(200).body("status", equalTo("CONNECTED")).body("webhooksVerifiable", equalTo(true));
        assertThat(await(directory.shopConnection(store)).credentials())
                .isInstanceOfSatisfying(ShopConnection.AccessToken.class,
                        token -> assertThat(token.token().reveal()).isEqualTo("good-2"));
    }

    @Test
    void aStoreWithChannelsIsNotDeleted() {
        var store = store();
        var channel = channel(store);
        problem(admin().delete("/api/v1/stores/" + store).then(), 409, "store-has-channels");

        admin().delete("/api/v1/channels/" + channel).then().statusCode(204);
        admin().delete("/api/v1/stores/" + store).then().statusCode(204);
        problem(admin().get("/api/v1/stores/" + store).then(), 404, "not-found");
        assertThat(shop.forgotten).hasSize(1);
        assertThat(count("select count(*) from credential where owner_id = $1", store)).isZero();
        assertThat(count("select count(*) from journal where store_id = $1", store)).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aChannelIsConnectedWithItsMerchantAndPermissions() {
        var store = store();
        post("/api/v1/channels", connect(store, "Till 1", MERCHANT, "good")).statusCode(201)
                .body("status", equalTo("CONNECTED")).body("merchant.name", equalTo("Demo Merchant"))
                .body("merchant.trackStock", equalTo(true)).body("permissions.granted", equalTo(FakeTill.PERMISSIONS))
                .body("warnings", empty()).body("lag", nullValue()).body("token", nullValue());
        assertThat(till.probed).singleElement().isEqualTo(new TillConnection("us", MERCHANT,
                dev.tillbridge.platform.Secret.of("good")));
    }

    @Test
    void aTokenWithoutInventoryWriteIsNamed() {
        var store = store();
        post("/api/v1/channels", connect(store, "Till 1", MERCHANT, "readonly")).statusCode(201)
                .body("status", equalTo("PERMISSIONS_MISSING")).body("permissions.missing", contains("INVENTORY_W"))
                .body("warnings.code", contains("permissions-missing"))
                .body("warnings[0].message", containsString("Label of INVENTORY_W"));
    }

    @Test
    void aTillThatDoesNotCountOrLowerStockIsWarnedOf() {
        till.merchant(new TillMerchant(MERCHANT, "Demo", "EUR", "Europe/Berlin", true, false, false));
        post("/api/v1/channels", connect(store(), "Till 1", MERCHANT, "good")).statusCode(201)
                .body("warnings.code", contains("track-stock-off", "update-stock-off", "currency-differs"));
    }

    @Test
    void aWrongTokenOrAnUnknownMerchantConnectsNothing() {
        var store = store();
        problem(post("/api/v1/channels", connect(store, "Till 1", MERCHANT, "wrong")), 422, "till-unauthorized")
                .body("detail", containsString("Nothing was changed"));
        till.failWith(new ConnectorException.Rejected("not-found", 404, "Clover knows no merchant of this id."));
        problem(post("/api/v1/channels", connect(store, "Till 1", "AAAAAAAAAAAAA", "good")), 422, "till-unauthorized");
        admin().get("/api/v1/channels").then().body("items", empty());
    }

    @Test
    void aMerchantIsConnectedOnceInTheInstallation() {
        var store = store();
        channel(store);
        var asked = till.probed.size();
        problem(post("/api/v1/channels", connect(store, "Another name", MERCHANT, "good")), 409, "merchant-already-connected");
        assertThat(till.probed).hasSize(asked);
    }

    @Test
    void aChannelsNameIsUniqueInItsStoreWhateverItsCase() {
        var store = store();
        channel(store);
        problem(post("/api/v1/channels", connect(store, "TILL 1", "BBBBBBBBBBBBB", "good")), 409, "channel-name-taken");
        var other = post("/api/v1/channels", connect(store, "Till 2", "BBBBBBBBBBBBB", "good")).extract().jsonPath()
                .getUUID("id");
        problem(admin().body(Map.of("name", "till 1")).patch("/api/v1/channels/" + other).then(), 409, "channel-name-taken");
        admin().body(Map.of("name", "TILL 2")).patch("/api/v1/channels/" + other).then().statusCode(200)
                .body("name", equalTo("TILL 2"));
    }

    @Test
    void twoRequestsAtOnceConnectAMerchantOnce() {
        var store = store();
        var statuses = List.of("Till 1", "Till 2", "Till 3", "Till 4").parallelStream()
                .map(name -> post("/api/v1/channels", connect(store, name, MERCHANT, "good")).extract().statusCode()).sorted()
                .toList();
        assertThat(statuses).containsExactly(201, 409, 409, 409);
    }

    @Test
    void fieldsOfAConnectionAreChecked() {
        var store = store();
        problem(post("/api/v1/channels", connect(store, "Till 1", "too-short", "good")), 422, "merchant-id-malformed");
        problem(post("/api/v1/channels", Map.of("storeId", store, "name", " ", "integration", "clover", "region", "us",
                "merchantId", MERCHANT, "token", "")), 422, "validation-failed")
                .body("violations.field", contains("name", "token"));
        problem(post("/api/v1/channels", Map.of("storeId", store, "name", "x", "integration", "square", "region", "us",
                "merchantId", MERCHANT, "token", "good")), 422, "validation-failed")
                .body("violations.field", contains("integration"));
        problem(post("/api/v1/channels", Map.of("storeId", store, "name", "x", "integration", "clover", "region", "mars",
                "merchantId", MERCHANT, "token", "good")), 422, "validation-failed")
                .body("violations.field", contains("region"));
        problem(post("/api/v1/channels", connect(UUID.randomUUID(), "Till 1", MERCHANT, "good")), 422, "validation-failed")
                .body("violations.field", contains("storeId"));
        assertThat(till.probed).isEmpty();
    }

    @Test
    void aChannelIsPausedAndResumed() {
        var id = channel(store());
        admin().post("/api/v1/channels/" + id + "/pause").then().statusCode(200).body("status", equalTo("PAUSED"));
        admin().post("/api/v1/channels/" + id + "/pause").then().statusCode(200);
        admin().body(Map.of("token", "readonly")).put("/api/v1/channels/" + id + "/token").then().statusCode(200)
                .body("status", equalTo("PAUSED"));
        admin().post("/api/v1/channels/" + id + "/resume").then().statusCode(200).body("status",
                equalTo("PERMISSIONS_MISSING"));
        assertThat(count("select count(*) from journal where channel_id = $1 and kind = 'channel-paused'", id)).isEqualTo(1);
    }

    @Test
    void aRefusedTokenStopsTheChannelUntilANewOneComes() {
        var id = channel(store());
        await(directory.unauthorized(id, "Clover refused the merchant and a known-good read"));
        await(directory.unauthorized(id, "again"));
        admin().get("/api/v1/channels/" + id).then().body("status", equalTo("UNAUTHORIZED"))
                .body("statusReason", containsString("known-good"));
        problem(admin().post("/api/v1/channels/" + id + "/resume").then(), 409, "conflict");
        problem(admin().body(Map.of("token", "wrong")).put("/api/v1/channels/" + id + "/token").then(), 422,
                "till-unauthorized");
        admin().body(Map.of("token", "good-2")).put("/api/v1/channels/" + id + "/token").then().statusCode(200)
                .body("status", equalTo("CONNECTED")).body("statusReason", nullValue());
        assertThat(await(directory.tillConnection(id)).token().reveal()).isEqualTo("good-2");
        assertThat(count("select count(*) from journal where channel_id = $1 and kind = 'status-changed'", id)).isEqualTo(1);
    }

    @Test
    void aCheckTriesTheTokenAgain() {
        var id = channel(store());
        till.merchant(new TillMerchant(MERCHANT, "Renamed", "USD", "America/New_York", false, false, true));
        admin().post("/api/v1/channels/" + id + "/check").then().statusCode(200).body("merchant.name", equalTo("Renamed"))
                .body("warnings.code", contains("track-stock-off"));
        till.failWith(new ConnectorException.Unauthorized("Clover does not accept this token."));
        admin().post("/api/v1/channels/" + id + "/check").then().statusCode(200).body("status", equalTo("UNAUTHORIZED"));
        till.failWith(null);
        admin().post("/api/v1/channels/" + id + "/check").then().statusCode(200).body("status", equalTo("CONNECTED"));
    }

    @Test
    void aDeletedChannelLosesItsTokenAtOnceAndKeepsItsJournal() {
        var id = channel(store());
        admin().delete("/api/v1/channels/" + id).then().statusCode(204);
        assertThat(till.forgotten).singleElement().extracting(TillConnection::merchantId).isEqualTo(MERCHANT);
        assertThat(count("select count(*) from credential where owner_id = $1", id)).isZero();
        assertThat(count("select count(*) from journal where channel_id = $1", id)).isEqualTo(2);
        problem(admin().delete("/api/v1/channels/" + id).then(), 404, "not-found");
    }

    @Test
    void aTokenIsTriedBeforeItIsConnectedAndNothingIsStored() {
        var told = post("/api/v1/integrations/clover/check",
                Map.of("region", "us", "merchantId", MERCHANT, "token", "readonly"))
                .statusCode(200).contentType("application/x-ndjson").extract().asString();

        assertThat(told.strip().lines()).containsExactly("{\"permission\":\"INVENTORY_R\",\"finding\":\"GRANTED\"}",
                "{\"permission\":\"MERCHANT_R\",\"finding\":\"GRANTED\"}",
                "{\"permission\":\"INVENTORY_W\",\"finding\":\"MISSING\"}");
        admin().get("/api/v1/channels").then().body("items", empty());
    }

    @Test
    void aTokenThatTheTillRefusesIsAProblemOfTheTrialToo() {
        problem(post("/api/v1/integrations/clover/check", Map.of("region", "us", "merchantId", MERCHANT, "token", "wrong")),
                422,
                "till-unauthorized");
        problem(post("/api/v1/integrations/clover/check", Map.of("region", "us", "merchantId", "short", "token", "good")), 422,
                "merchant-id-malformed");
        problem(post("/api/v1/integrations/shopify/check", Map.of("region", "us", "merchantId", MERCHANT, "token", "good")),
                404,
                "not-found");
    }

    @Test
    void integrationsAreListed() {
        admin().get("/api/v1/integrations").then().statusCode(200).body("items.key", hasItem("clover"))
                .body("items.find { it.key == 'clover' }.permissions.key", equalTo(FakeTill.PERMISSIONS))
                .body("items", not(empty())).body("items[0].name", notNullValue());
    }

    private UUID store() {
        return post("/api/v1/stores", Map.of("shopDomain", "demo.myshopify.com", "accessToken", "good")).statusCode(201)
                .extract().jsonPath().getUUID("id");
    }

    private UUID channel(UUID store) {
        return post("/api/v1/channels", connect(store, "Till 1", MERCHANT, "good")).statusCode(201).extract().jsonPath()
                .getUUID("id");
    }

    private static Map<String, Object> connect(UUID store, String name, String merchant, String token) {
        return Map.of("storeId", store, "name", name, "integration", "clover", "region", "us", "merchantId", merchant, "token",
                token);
    }

    private static ValidatableResponse post(String path, Object body) {
        return admin().body(body).post(path).then();
    }

    private static RequestSpecification admin() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY);
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status).contentType("application/problem+json").body("code", equalTo(code))
                .body("status", equalTo(status)).body("title", notNullValue()).body("detail", notNullValue())
                .body("type", equalTo("https://tillbridge.dev/problems/" + code));
    }

    private long count(String sql, UUID id) {
        return await(pool.preparedQuery(sql).execute(Tuple.of(id))).iterator().next().getLong(0);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
