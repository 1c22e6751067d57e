package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.testing.SandboxResource;

/** The API as its callers use it, for tests with {@link FakeVendors}. */
public final class Api {

    public static final String MERCHANT = "3D19QN31ANYR5";

    private Api() {}

    public static RequestSpecification admin() {
        return as(SandboxResource.BOOTSTRAP_KEY);
    }

    public static RequestSpecification as(String key) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + key);
    }

    public static UUID connectStore(String domain) {
        return admin().body(Map.of("shopDomain", domain, "accessToken", "good")).post("/api/v1/stores").then().statusCode(201)
                .extract().jsonPath().getUUID("id");
    }

    public static UUID connectChannel(UUID store, String name, String merchant) {
        return admin().body(channel(store, name, merchant, "good")).post("/api/v1/channels").then().statusCode(201).extract()
                .jsonPath().getUUID("id");
    }

    public static Map<String, Object> channel(UUID store, String name, String merchant, String token) {
        return Map.of("storeId", store, "name", name, "integration", "clover", "region", "us", "merchantId", merchant, "token",
                token);
    }

    /** A key of this role, limited to the store where one is given. */
    public static String key(String role, UUID store) {
        return admin().body(store == null
                ? Map.of("name", role + " key", "role", role)
                : Map.of("name", role + " key", "role", role, "storeId", store)).post("/api/v1/access/keys").then()
                .statusCode(201)
                .extract().jsonPath().getString("token");
    }

    public static ValidatableResponse problem(ValidatableResponse answer, int status, String code) {
        return answer.statusCode(status).contentType("application/problem+json").body("code", equalTo(code))
                .body("status", equalTo(status)).body("title", notNullValue()).body("detail", notNullValue())
                .body("type", equalTo("https://tillbridge.dev/problems/" + code));
    }

    /** Forgets all stores, channels, credentials and keys; the journal is append-only. */
    public static void empty(Pool pool) {
        await(pool.query("delete from channel").execute().chain(() -> pool.query("delete from store").execute())
                .chain(() -> pool.query("delete from credential").execute())
                .chain(() -> pool.query("delete from api_key").execute()));
    }

    public static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
