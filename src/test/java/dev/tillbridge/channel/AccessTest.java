package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class AccessTest {

    @Inject
    Pool pool;

    @BeforeEach
    void nothing() {
        Api.empty(pool);
    }

    @Test
    void withoutAKeyOrWithAWrongOneNothingIsAnswered() {
        Api.problem(given().get("/api/v1/stores").then(), 401, "unauthenticated").header("WWW-Authenticate", notNullValue());
        Api.problem(Api.as("tbk_wrong").get("/api/v1/stores").then(), 401, "unauthenticated");
        Api.problem(given().header("Authorization", "Basic eDp5").get("/api/v1/stores").then(), 401, "unauthenticated");
    }

    @Test
    void healthMetricsAndDocumentNeedNoKey() {
        given().get("/q/health/live").then().statusCode(200);
        given().header("Authorization", "Bearer stray").get("/q/health/ready").then().statusCode(200)
                .body("checks.name", containsInAnyOrder("database and migrations", "Graceful Shutdown"));
        given().get("/q/metrics").then().statusCode(200);
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void aRoleMayDoWhatThoseBelowItMayAndNoMore() {
        var store = Api.connectStore("demo.myshopify.com");
        var channel = Api.connectChannel(store, "Till", Api.MERCHANT);
        var viewer = Api.key("viewer", null);
        var operator = Api.key("operator", null);

        Api.as(viewer).get("/api/v1/channels/" + channel).then().statusCode(200);
        Api.problem(Api.as(viewer).post("/api/v1/channels/" + channel + "/pause").then(), 403, "forbidden");
        Api.as(operator).post("/api/v1/channels/" + channel + "/pause").then().statusCode(200)
                .body("statusReason", equalTo("Paused by operator key"));
        Api.problem(Api.as(operator).delete("/api/v1/channels/" + channel).then(), 403, "forbidden");
        Api.problem(Api.as(operator).get("/api/v1/access/keys").then(), 403, "forbidden");
        Api.as(Api.key("admin", null)).delete("/api/v1/channels/" + channel).then().statusCode(204);
    }

    @Test
    void aKeyOfAStoreSeesNothingOfOthers() {
        var mine = Api.connectStore("mine.myshopify.com");
        var other = Api.connectStore("other.myshopify.com");
        var otherChannel = Api.connectChannel(other, "Till", Api.MERCHANT);
        var key = Api.key("admin", mine);

        Api.as(key).get("/api/v1/stores").then().body("items.id", contains(mine.toString()));
        Api.as(key).get("/api/v1/channels").then().body("items", hasSize(0));
        Api.problem(Api.as(key).get("/api/v1/stores/" + other).then(), 404, "not-found");
        Api.problem(Api.as(key).get("/api/v1/channels/" + otherChannel).then(), 404, "not-found");
        Api.problem(Api.as(key).get("/api/v1/channels?storeId=" + other).then(), 404, "not-found");
        Api.problem(Api.as(key).get("/api/v1/channels/" + otherChannel + "/settings").then(), 404, "not-found");
        Api.problem(Api.as(key).post("/api/v1/channels/" + otherChannel + "/pause").then(), 404, "not-found");
        Api.problem(Api.as(key).delete("/api/v1/channels/" + otherChannel).then(), 404, "not-found");
        Api.problem(Api.as(key).delete("/api/v1/stores/" + other).then(), 404, "not-found");
        Api.problem(Api.as(key).body(Api.channel(other, "New", "BBBBBBBBBBBBB", "good")).post("/api/v1/channels").then(), 404,
                "not-found");
        Api.problem(
                Api.as(key).body(Map.of("shopDomain", "new.myshopify.com", "accessToken", "good")).post("/api/v1/stores")
                        .then(),
                403, "forbidden");
        Api.problem(Api.as(key).body(Map.of("name", "more", "role", "admin")).post("/api/v1/access/keys").then(), 403,
                "forbidden");
        Api.connectChannel(mine, "Mine", "BBBBBBBBBBBBB");
        Api.as(key).get("/api/v1/channels").then().body("items.name", contains("Mine"));
    }

    @Test
    void aKeyIsShownOnceAndRefusedOnceRevoked() {
        var created = Api.admin().body(Map.of("name", "dashboard", "role", "viewer")).post("/api/v1/access/keys").then()
                .statusCode(201).extract().jsonPath();
        var token = created.getString("token");
        assertThat(token).matches("tbk_[A-Za-z0-9_-]{43}");
        Api.as(token).get("/api/v1/session").then().statusCode(200).body("name", equalTo("dashboard"))
                .body("role", equalTo("viewer"));
        var list = Api.admin().get("/api/v1/access/keys").then().statusCode(200).body("items[0].lastUsedAt", notNullValue())
                .extract().asString();
        assertThat(list).doesNotContain(token);

        Api.admin().delete("/api/v1/access/keys/" + created.getString("key.id")).then().statusCode(204);
        Api.problem(Api.as(token).get("/api/v1/session").then(), 401, "unauthenticated");
        Api.admin().get("/api/v1/access/keys").then().body("items[0].revokedAt", notNullValue());
        Api.problem(Api.admin().delete("/api/v1/access/keys/" + UUID.randomUUID()).then(), 404, "not-found");
    }

    @Test
    void aKeyNeedsANameARoleAndAStoreThatIsThere() {
        Api.problem(Api.admin().body(Map.of("name", "x", "role", "king")).post("/api/v1/access/keys").then(), 422,
                "validation-failed")
                .body("violations.field", contains("role"));
        Api.problem(Api.admin().body(Map.of()).post("/api/v1/access/keys").then(), 422, "validation-failed")
                .body("violations.field", contains("name", "role"));
        Api.problem(Api.admin().body(Map.of("name", "x", "role", "viewer", "storeId", UUID.randomUUID()))
                .post("/api/v1/access/keys")
                .then(), 422, "validation-failed").body("violations.field", contains("storeId"));
    }

    @Test
    void aKeyIsNotNamedAsTheServiceOrTheBootstrapKey() {
        for (var name : new String[]{ "tillbridge", "Bootstrap", " bootstrap "}) {
            Api.problem(Api.admin().body(Map.of("name", name, "role", "viewer")).post("/api/v1/access/keys").then(), 422,
                    "validation-failed").body("violations.field", contains("name"));
        }
    }

    @Test
    void theBootstrapKeyIsAnAdmin() {
        Api.admin().get("/api/v1/session").then().statusCode(200).body("name", equalTo("bootstrap")).body("role",
                equalTo("admin"));
    }
}
