package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.TestIssuer;

/** People whom an OpenID provider knows: tokens for the API, code flow for the dashboard, API keys beside both. */
@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class OidcTest {

    private static final String SESSION = "/api/v1/session";
    private static final String KEYS = "/api/v1/access/keys";
    private static final String PERSON = "anna@example.com";
    /** Of wrong tokens, so that this machine's own address is not held back. */
    private static final String FAR_AWAY = "192.0.2.44";

    @ConfigProperty(name = TestIssuer.ADDRESS)
    String issuer;
    @Inject
    Pool pool;

    @BeforeEach
    void nothing() {
        Api.empty(pool);
    }

    private Map<String, Object> claims(String... roles) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", TestIssuer.CLIENT);
        claims.put("sub", "4711");
        claims.put("preferred_username", PERSON);
        claims.put("roles", List.of(roles));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().getEpochSecond() + 300);
        return claims;
    }

    private String token(Map<String, Object> claims) {
        return signed(claims, "");
    }

    private String signed(Map<String, Object> claims, String query) {
        return given().contentType(ContentType.JSON).body(claims).post(issuer + "/sign" + query).then().statusCode(200)
                .extract()
                .path("token");
    }

    @Test
    void aTokenWithARoleIsTaken() {
        Api.as(token(claims("something-else", "tillbridge-operator"))).get(SESSION).then().statusCode(200)
                .body("name", equalTo(PERSON + " (OIDC)")).body("role", equalTo("operator")).body("signedInBy", equalTo("OIDC"))
                .body("csrfToken", nullValue());
        Api.problem(Api.as(token(claims("tillbridge-operator"))).get(KEYS).then(), 403, "forbidden");
        Api.as(token(claims("tillbridge-viewer", "tillbridge-admin"))).body(Map.of("name", "till", "role", "viewer")).post(KEYS)
                .then().statusCode(201).body("key.createdBy", equalTo(PERSON + " (OIDC)"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("for another audience", Map.of("aud", "another-service")),
                Arguments.of("of another issuer", Map.of("iss", "https://another.example.com")),
                Arguments.of("that has expired", Map.of("exp", Instant.now().getEpochSecond() - 60)),
                Arguments.of("without an end", Map.of("exp", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aTokenIsNotTaken(String what, Map<String, Object> change) {
        var claims = claims("tillbridge-admin");
        claims.putAll(change);
        claims.values().remove("");

        Api.problem(Api.as(token(claims)).header("X-Forwarded-For", FAR_AWAY).get(SESSION).then(), 401, "unauthenticated")
                .header("WWW-Authenticate", notNullValue());
    }

    @Test
    void aTokenThatSomebodyElseSignedIsNotTaken() {
        var right = token(claims("tillbridge-viewer"));
        var richer = token(claims("tillbridge-admin"));
        var forged = right.substring(0, right.indexOf('.')) + richer.substring(richer.indexOf('.'), richer.lastIndexOf('.'))
                + right.substring(right.lastIndexOf('.'));
        for (var wrong : List.of(signed(claims("tillbridge-admin"), "?key=other"), forged)) {
            Api.problem(Api.as(wrong).header("X-Forwarded-For", FAR_AWAY).get(SESSION).then(), 401, "unauthenticated");
        }
    }

    @Test
    void withoutARoleOfOursNothingIsAllowed() {
        Api.problem(Api.as(token(claims())).get(SESSION).then(), 403, "forbidden");
        // What the provider calls admin is not ours to take for one.
        Api.problem(Api.as(token(claims("admin", "viewer"))).get(SESSION).then(), 403, "forbidden");
    }

    @Test
    void keysGoOnBesideTokens() {
        Api.as(token(claims("tillbridge-viewer"))).get("/api/v1/stores").then().statusCode(200);
        Api.as(Api.key("viewer", null)).get("/api/v1/stores").then().statusCode(200);
        Api.admin().get(SESSION).then().statusCode(200).body("signedInBy", equalTo("API_KEY"));
    }

    @Test
    void wrongTokensAreHeldBackAsWrongKeysAre() {
        var from = "192.0.2.45";
        var forged = signed(claims("tillbridge-admin"), "?key=other");
        for (int i = 0; i < 20; i++) {
            Api.as(forged).header("X-Forwarded-For", from).get(SESSION).then().statusCode(401);
        }
        Api.problem(Api.as(forged).header("X-Forwarded-For", from).get(SESSION).then(), 429, "too-many-failed-attempts");
        Api.as(token(claims("tillbridge-viewer"))).header("X-Forwarded-For", from).get(SESSION).then().statusCode(200);
    }

    @Test
    void aBrowserIsLedToTheProviderAndComesBackWithASession() {
        given().get(SESSION + "/ways").then().statusCode(200).body("apiKey", equalTo(true)).body("openIdConnect",
                equalTo("/sign-in"));

        var signedIn = codeFlow("tillbridge-operator");

        assertThat(signedIn.statusCode()).as(signedIn.asString()).isEqualTo(303);
        assertThat(signedIn.header("Location")).endsWith("/").doesNotContain("sign-in");
        var cookie = signedIn.cookie("tillbridge-session");
        assertThat(signedIn.headers().getValues("Set-Cookie")).anySatisfy(set -> assertThat(set)
                .startsWith("tillbridge-session=").containsIgnoringCase("httponly").containsIgnoringCase("samesite=strict"));
        given().cookie("tillbridge-session", cookie).get(SESSION).then().statusCode(200)
                .body("name", equalTo(PERSON + " (OIDC)"))
                .body("role", equalTo("operator")).body("signedInBy", equalTo("OIDC")).body("csrfToken", notNullValue());
        assertThat(PlainDatabase.over(pool).count(
                "select count(*) from dashboard_session where signed_in_by = 'OIDC' and ends_at < now() + interval '12 hours'"))
                .isEqualTo(1);
        Api.problem(given().contentType(ContentType.JSON).cookie("tillbridge-session", cookie).delete(SESSION).then(), 403,
                "csrf-token-missing");
    }

    @Test
    void aPersonWithoutARoleGetsNoSession() {
        var refused = codeFlow("somebody-else");

        assertThat(refused.statusCode()).isEqualTo(303);
        assertThat(refused.header("Location")).endsWith("/?sign-in=no-role");
        assertThat(refused.cookie("tillbridge-session")).isNull();
    }

    /** Follows the redirects as a browser does, with its cookies, until it is sent to the dashboard. */
    private Response codeFlow(String role) {
        given().contentType(ContentType.JSON).body(claims(role)).post(issuer + "/person").then().statusCode(200);
        Map<String, String> cookies = new LinkedHashMap<>();
        var answer = given().redirects().follow(false).get("/sign-in");
        for (int hop = 0; hop < 6 && answer.statusCode() == 302; hop++) {
            cookies.putAll(answer.cookies());
            cookies.values().removeIf(String::isEmpty);
            var location = answer.header("Location");
            answer = given().redirects().follow(false).urlEncodingEnabled(false)
                    .cookies(location.startsWith(issuer) ? Map.of() : cookies).get(location);
        }
        return answer;
    }
}
