package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;

import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class SecurityHeadersTest {

    private static final String POLICY = "Content-Security-Policy";

    @ParameterizedTest
    @CsvSource({ "GET,/api/v1/stores,401", "GET,/api/v1/nothing,404", "POST,/webhooks/nothing,404", "GET,/nothing,404",
            "GET,/q/health/live,200", "GET,/q/openapi,200", "GET,/q/swagger-ui/,200", "POST,/api/v1/session,400"})
    void everyAnswerHasThem(String method, String path, int status) {
        var policy = given().contentType(ContentType.TEXT).request(method, path).then().statusCode(status)
                .header("X-Content-Type-Options", equalTo("nosniff")).header("X-Frame-Options", equalTo("DENY"))
                .header("Referrer-Policy", equalTo("no-referrer")).header("Cross-Origin-Opener-Policy", equalTo("same-origin"))
                .header("Strict-Transport-Security", nullValue()).extract().headers().getValues(POLICY);
        assertThat(policy).hasSize(1).allSatisfy(directives -> assertThat(directives).contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-eval"));
    }

    @Test
    void aBodyThatIsRefusedHasThem() {
        given().contentType(ContentType.JSON).body(new byte[2 * 1024 * 1024]).post("/api/v1/session").then().statusCode(413)
                .header("X-Content-Type-Options", equalTo("nosniff")).header(POLICY, containsString("default-src 'none'"));
    }

    @Test
    void answersOfTheApiAreNoPagesAndNotKept() {
        given().get("/api/v1/stores").then().header(POLICY, equalTo("default-src 'none'; frame-ancestors 'none'"))
                .header("Cache-Control", equalTo("no-store"));
    }

    @Test
    void pagesRunNoScriptsAndStylesButTheirOwnFiles() {
        given().get("/").then().header(POLICY, containsString("default-src 'self'"))
                .header(POLICY, containsString("script-src 'self';")).header(POLICY, containsString("style-src 'self';"));
        given().get("/q/swagger-ui/").then().header(POLICY, containsString("script-src 'self' 'unsafe-inline'"));
    }

    @Test
    void overHttpsBrowsersAreToldToStayThere() {
        given().header("X-Forwarded-Proto", "https").get("/q/health/live").then().header("Strict-Transport-Security",
                equalTo("max-age=31536000"));
    }

    @Test
    void pagesOfOtherSitesReadNothing() {
        given().header("Origin", "https://evil.example").header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization").options("/api/v1/stores").then()
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", "https://evil.example").get("/q/openapi").then().header("Access-Control-Allow-Origin",
                nullValue());
    }
}
