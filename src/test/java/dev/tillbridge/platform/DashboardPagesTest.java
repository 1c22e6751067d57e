package dev.tillbridge.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class DashboardPagesTest {

    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>");
    private static final Pattern BUNDLED = Pattern.compile("src=\"(/static/bundle/app[^\"]*\\.js)\"");

    @ParameterizedTest
    @ValueSource(strings = { "/", "/login", "/access", "/connect", "/connect/clover", "/channels/7b1c/items",
            "/channels/7b1c/orders/JANDWXP4YAWCR"})
    void everyPageHasAnAddressThatAnswersTheOneDocument(String page) {
        String document = given().get(page).then().statusCode(200).contentType(containsString("text/html"))
                .header("Cache-Control", equalTo("no-cache")).extract().asString();
        assertThat(document).contains("<tb-app>", "/static/bundle/app");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/nothing", "/api/v1/nothing", "/static/nothing.js", "/channelsandmore"})
    void whatIsNoPageStaysNotFound(String address) {
        given().get(address).then().statusCode(404);
    }

    @Test
    void theDocumentHasNoScriptInItself() {
        Matcher scripts = SCRIPT.matcher(given().get("/").asString());
        assertThat(scripts.results()).isNotEmpty().allMatch(script -> script.group().contains(" src="));
    }

    @Test
    void whatIsBundledMayBeKeptForEver() {
        Matcher bundled = BUNDLED.matcher(given().get("/").asString());
        assertThat(bundled.find()).isTrue();
        given().get(bundled.group(1)).then().statusCode(200).contentType(containsString("javascript"))
                .header("Cache-Control", containsString("immutable"));
    }
}
