package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class ProblemsTest {

    @TestHTTPResource("/api/v1/stores")
    URI stores;

    @ParameterizedTest
    @ValueSource(strings = { "this is no JSON", "{\"shopDomain\":", "[]", "\"text\"", "{\"shopDomain\":\"a\"} trailing",
            "{\"shopDomain\":\"a\",\"shopDomain\":\"b\"}"})
    void aBodyThatIsNoJsonOfTheRightFormIsSaidToBeSo(String body) {
        Api.problem(Api.admin().body(body).post("/api/v1/stores").then(), 400, "malformed-body");
    }

    @Test
    void anEmptyBodyIsSaidToBeMissing() {
        Api.problem(Api.admin().post("/api/v1/stores").then(), 422, "validation-failed").body("violations.field",
                contains("body"));
    }

    /** Whoever sends nothing names no media type either; that there is no such sale or channel is told after the body was read. */
    @ParameterizedTest
    @ValueSource(strings = { "channels/%s/orders/1/replay", "channels/%s/products/1/retry", "channels/%s/pause",
            "channels/%s/resume",
            "channels/%s/check"})
    void whereNoBodyIsNeededNoMediaTypeIs(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(stores.resolve("/api/v1/" + path.formatted(UUID.randomUUID())))
                .header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY)
                .POST(HttpRequest.BodyPublishers.noBody()).build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    }

    @Test
    void anUnknownFieldIsNamedWithThoseThatAreKnown() {
        Api.problem(Api.admin().body("{\"shopDomain\":\"a.myshopify.com\",\"acessToken\":\"secret-in-a-wrong-place\"}")
                .post("/api/v1/stores").then(), 422, "unknown-field")
                .body("violations.field", contains("acessToken"))
                .body("violations[0].message", containsString("accessToken"))
                .body(org.hamcrest.Matchers.not(containsString("secret-in-a-wrong-place")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/v1/channels/no-uuid", "/api/v1/stores/1", "/api/v1/channels/no-uuid/settings",
            "/api/v1/nothing",
            "/nothing"})
    void whatIsNotThereIsAProblem(String path) {
        Api.problem(Api.admin().get(path).then(), 404, "not-found");
    }

    @Test
    void anIdThatDoesNotExistIsAProblem() {
        Api.problem(Api.admin().get("/api/v1/channels/" + UUID.randomUUID()).then(), 404, "not-found");
        Api.problem(Api.admin().get("/api/v1/stores/" + UUID.randomUUID()).then(), 404, "not-found");
        Api.problem(Api.admin().post("/api/v1/channels/" + UUID.randomUUID() + "/pause").then(), 404, "not-found");
    }

    @Test
    void aWrongQueryParameterIsAProblem() {
        assertThat(Api.admin().get("/api/v1/channels?storeId=no-uuid").then().contentType("application/problem+json").extract()
                .statusCode()).isIn(400, 404);
    }

    @Test
    void aWrongMethodIsAProblem() {
        Api.problem(Api.admin().delete("/api/v1/stores").then(), 405, "method-not-allowed");
    }

    @Test
    void anotherMediaTypeIsAProblem() {
        Api.problem(
                given().header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY).contentType("text/plain").body("x")
                        .post("/api/v1/stores").then(),
                415, "unsupported-media-type");
    }

    @Test
    void aBodyOfTenMegabytesIsAProblem() throws IOException, InterruptedException {
        var answer = send(HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024]));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
    }

    @Test
    void aBodyOverTheLimitThatDoesNotTellItsLengthIsRefused() throws IOException, InterruptedException {
        var start = "{\"shopDomain\":\"".getBytes(StandardCharsets.UTF_8);
        var piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        var answer = send(HttpRequest.BodyPublishers.ofByteArrays(
                Stream.concat(Stream.of(start), Stream.generate(() -> piece).limit(40)).toList()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        // Quarkus itself ends the answer while the body is being read, before any mapper is asked: there is no problem in it.
    }

    private HttpResponse<String> send(HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(stores).version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json").header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY)
                .POST(body).build(), HttpResponse.BodyHandlers.ofString());
    }
}
