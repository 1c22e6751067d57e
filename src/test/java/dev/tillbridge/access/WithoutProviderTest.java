package dev.tillbridge.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.channel.Api;
import dev.tillbridge.testing.FastTill;
import dev.tillbridge.testing.SandboxResource;

/** As it is delivered: no OpenID provider is set up. */
@QuarkusTest
@TestProfile(FastTill.class)
@QuarkusTestResource(SandboxResource.class)
class WithoutProviderTest {

    @Test
    void nobodyIsLedAnywhereAndTokensAreNoKeys() {
        given().get("/api/v1/session/ways").then().statusCode(200).body("apiKey", equalTo(true)).body("openIdConnect",
                nullValue());
        Api.problem(given().redirects().follow(false).get("/sign-in").then(), 404, "not-found");
        Api.problem(
                Api.as("eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJ0aWxsYnJpZGdlLWFkbWluIl19.c2lnbmF0dXJl").get("/api/v1/session")
                        .then(),
                401, "unauthenticated");
        Api.admin().get("/api/v1/session").then().statusCode(200);
    }
}
