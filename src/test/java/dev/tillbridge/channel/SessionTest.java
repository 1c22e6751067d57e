package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

/** Signing in to the dashboard and out of it, and what its cookie is good for. */
@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class SessionTest {

    private static final String NAME = "tillbridge-session";
    private static final String SESSION = "/api/v1/session";
    private static final String KEYS = "/api/v1/access/keys";

    @Inject
    Pool pool;

    private PlainDatabase database;

    @BeforeEach
    void nothing() {
        Api.empty(pool);
        database = PlainDatabase.over(pool);
        database.run("delete from dashboard_session");
    }

    /** What a signed-in browser has. */
    private record Browser(String cookie, String csrf) {

        RequestSpecification reads() {
            return given().contentType(ContentType.JSON).cookie(NAME, cookie);
        }

        RequestSpecification writes() {
            return reads().header("X-CSRF-Token", csrf);
        }
    }

    private static ValidatableResponse signIn(String key) {
        return given().contentType(ContentType.JSON).body(Map.of("key", key)).post(SESSION).then();
    }

    private static Browser browser(String key) {
        var answer = signIn(key).statusCode(201).extract();
        return new Browser(answer.cookie(NAME), answer.jsonPath().getString("csrfToken"));
    }

    @Test
    void aKeyIsExchangedForASessionInACookieThatNoScriptReads() {
        var store = Api.connectStore("mine.myshopify.com");
        var answer = signIn(Api.key("operator", store)).statusCode(201).header("Cache-Control", "no-store")
                .body("name", equalTo("operator key")).body("role", equalTo("operator"))
                .body("storeId", equalTo(store.toString()))
                .body("signedInBy", equalTo("API_KEY")).body("csrfToken", notNullValue()).body("endsAt", notNullValue());

        assertThat(answer.extract().header("Set-Cookie")).startsWith(NAME + "=").containsIgnoringCase("httponly")
                .containsIgnoringCase("samesite=strict").containsIgnoringCase("path=/").containsIgnoringCase("max-age=604800")
                .doesNotContainIgnoringCase("domain=").doesNotContainIgnoringCase("secure");
        given().cookie(NAME, answer.extract().cookie(NAME)).get(SESSION).then().statusCode(200)
                .body("name", equalTo("operator key")).body("role", equalTo("operator"))
                .body("storeId", equalTo(store.toString()))
                .body("signedInBy", equalTo("API_KEY")).body("csrfToken", equalTo(answer.extract().path("csrfToken")))
                .body("endsAt", notNullValue());
    }

    @Test
    void overHttpsTheCookieIsBoundToTheHost() {
        var https = given().header("X-Forwarded-Proto", "https").contentType(ContentType.JSON);
        var answer = https.body(Map.of("key", SandboxResource.BOOTSTRAP_KEY)).post(SESSION).then().statusCode(201).extract();

        assertThat(answer.header("Set-Cookie")).startsWith("__Host-" + NAME + "=").containsIgnoringCase("secure");
        var token = answer.cookie("__Host-" + NAME);
        given().header("X-Forwarded-Proto", "https").cookie("__Host-" + NAME, token).get(SESSION).then().statusCode(200);
        Api.problem(given().header("X-Forwarded-Proto", "https").cookie(NAME, token).get(SESSION).then(), 401,
                "unauthenticated");
    }

    @Test
    void whatChangesSomethingNeedsTheTokenOfThePages() {
        var browser = browser(SandboxResource.BOOTSTRAP_KEY);
        var key = Map.of("name", "made in the dashboard", "role", "viewer");
        browser.reads().get(KEYS).then().statusCode(200);

        Api.problem(browser.reads().body(key).post(KEYS).then(), 403, "csrf-token-missing");
        Api.problem(browser.reads().header("X-CSRF-Token", browser.cookie()).body(key).post(KEYS).then(), 403,
                "csrf-token-missing");
        Api.problem(browser.reads().header("X-CSRF-Token", browser(SandboxResource.BOOTSTRAP_KEY).csrf()).body(key).post(KEYS)
                .then(), 403, "csrf-token-missing");
        assertThat(database.count("select count(*) from api_key")).isZero();

        browser.writes().body(key).post(KEYS).then().statusCode(201).body("key.createdBy", equalTo("bootstrap"));
        Api.admin().cookie(NAME, browser.cookie()).body(key).post(KEYS).then().statusCode(201);
        assertThat(database.count("select count(*) from api_key")).isEqualTo(2);
    }

    @Test
    void aSessionMayDoWhatItsKeyMay() {
        var viewer = browser(Api.key("viewer", null));
        viewer.reads().get("/api/v1/stores").then().statusCode(200);
        Api.problem(viewer.reads().get(KEYS).then(), 403, "forbidden");
        Api.problem(viewer.writes().body(Map.of("name", "x", "role", "admin")).post(KEYS).then(), 403, "forbidden");
    }

    @Test
    void signingOutEndsTheSession() {
        var browser = browser(SandboxResource.BOOTSTRAP_KEY);
        Api.problem(browser.reads().delete(SESSION).then(), 403, "csrf-token-missing");
        var gone = browser.writes().delete(SESSION).then().statusCode(204).extract().header("Set-Cookie");

        assertThat(gone).startsWith(NAME + "=").containsIgnoringCase("max-age=0");
        Api.problem(browser.reads().get(SESSION).then(), 401, "unauthenticated");
        assertThat(database.count("select count(*) from dashboard_session")).isZero();
        Api.admin().delete(SESSION).then().statusCode(204);
    }

    @Test
    void aRevokedKeyEndsItsSessions() {
        var created = Api.admin().body(Map.of("name", "till", "role", "viewer")).post(KEYS).then().extract().jsonPath();
        var browser = browser(created.getString("token"));
        var other = browser(SandboxResource.BOOTSTRAP_KEY);
        browser.reads().get(SESSION).then().statusCode(200);

        Api.admin().delete(KEYS + "/" + created.getString("key.id")).then().statusCode(204);

        Api.problem(browser.reads().get(SESSION).then(), 401, "unauthenticated");
        other.reads().get(SESSION).then().statusCode(200);
    }

    @Test
    void anotherBootstrapKeyEndsTheSessionsOfTheOneBefore() {
        var browser = browser(SandboxResource.BOOTSTRAP_KEY);
        database.run("update dashboard_session set bootstrap_proof = sha256(bootstrap_proof)");

        Api.problem(browser.reads().get(SESSION).then(), 401, "unauthenticated");
        assertThat(database.count("select count(*) from dashboard_session")).isZero();
    }

    @Test
    void aSessionEndsWhenItIsIdleOrHasLastedForTooLong() {
        var idle = browser(SandboxResource.BOOTSTRAP_KEY);
        var used = browser(SandboxResource.BOOTSTRAP_KEY);
        var old = browser(SandboxResource.BOOTSTRAP_KEY);
        age(idle, "used_at = now() - interval '12 hours 1 second'");
        age(used, "used_at = now() - interval '11 hours'");
        age(old, "ends_at = now() - interval '1 second'");

        Api.problem(idle.reads().get(SESSION).then(), 401, "unauthenticated");
        Api.problem(old.reads().get(SESSION).then(), 401, "unauthenticated");
        used.reads().get(SESSION).then().statusCode(200);
        assertThat(database.count("select count(*) from dashboard_session where used_at > now() - interval '1 minute'"))
                .as("using it keeps it").isEqualTo(2);
    }

    @Test
    void theDatabaseHoldsNoCookie() {
        var browser = browser(SandboxResource.BOOTSTRAP_KEY);
        assertThat(database.texts("select s::text from dashboard_session s")).hasSize(1).noneMatch(row -> row
                .contains(HexFormat.of().formatHex(browser.cookie().getBytes(StandardCharsets.UTF_8)))
                || row.contains(browser.csrf()));
    }

    @Test
    void whoHasNoSessionIsToldSo() {
        Api.problem(given().cookie(NAME, "tbk_guessed").get(SESSION).then(), 401, "unauthenticated");
        Api.problem(signIn(""), 422, "validation-failed").body("violations.field", contains("key"));
        Api.admin().get(SESSION).then().statusCode(200).body("csrfToken", nullValue()).body("signedInBy", equalTo("API_KEY"));
    }

    @Test
    void wrongKeysOfAnAddressAreHeldBackAndNobodyElse() {
        var mine = Api.key("viewer", null);
        var unknownHere = "tbk_" + UUID.randomUUID();
        var from = "198.51.100.23";
        for (int i = 0; i < 20; i++) {
            Api.problem(i % 2 == 0 ? signIn(from, "tbk_" + i) : bearer(from, "tbk_" + i), 401, "unauthenticated");
        }

        Api.problem(signIn(from, unknownHere), 429, "too-many-failed-attempts").header("Retry-After", notNullValue());
        var waits = Api.problem(bearer(from, unknownHere), 429, "too-many-failed-attempts").extract().header("Retry-After");
        assertThat(Integer.parseInt(waits)).isBetween(1, 1_800);
        bearer(from, mine).statusCode(200);
        signIn(from, mine).statusCode(201);
        signIn(from, SandboxResource.BOOTSTRAP_KEY).statusCode(201);
        Api.problem(signIn("198.51.100.24", unknownHere), 401, "unauthenticated");
    }

    private static ValidatableResponse signIn(String address, String key) {
        return given().header("X-Forwarded-For", address).contentType(ContentType.JSON).body(Map.of("key", key)).post(SESSION)
                .then();
    }

    private static ValidatableResponse bearer(String address, String key) {
        return Api.as(key).header("X-Forwarded-For", address).get("/api/v1/stores").then();
    }

    private void age(Browser browser, String change) {
        assertThat(database.run("update dashboard_session set " + change + " where token_hash = sha256(convert_to($1, 'UTF8'))",
                browser.cookie()).rowCount()).isEqualTo(1);
    }
}
