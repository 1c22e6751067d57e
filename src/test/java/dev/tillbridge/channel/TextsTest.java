package dev.tillbridge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.HashMap;
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

/** Texts that people send and that no table, log or header can take. */
@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class TextsTest {

    @Inject
    FakeTill till;
    @Inject
    FakeShop shop;
    @Inject
    Pool pool;

    private UUID store;
    private UUID channel;

    @BeforeEach
    void oneChannel() {
        till.reset();
        shop.reset();
        Api.empty(pool);
        store = Api.connectStore("demo.myshopify.com");
        channel = Api.connectChannel(store, "Till", Api.MERCHANT);
    }

    @Test
    void aCredentialWithALineBreakWithinIsRefusedUnheardAndOneAroundItIsNoPartOfIt() {
        var token = "good-secret\nX-Injected: 1";
        Api.problem(Api.admin().body(Map.of("token", token)).put("/api/v1/channels/" + channel + "/token").then(), 422,
                "validation-failed").body("violations.field", contains("token")).body(not(containsString("good-secret")));
        Api.problem(Api.admin().body(Api.channel(store, "New", "BBBBBBBBBBBBB", token)).post("/api/v1/channels").then(), 422,
                "validation-failed").body("violations.field", contains("token"));
        Api.problem(Api.admin().body(Map.of("shopDomain", "new.myshopify.com", "accessToken", token)).post("/api/v1/stores")
                .then(), 422, "validation-failed").body("violations.field", contains("accessToken"));
        Api.problem(Api.admin().body(Map.of("clientId", "id\u00e9", "clientSecret", "a b"))
                .put("/api/v1/stores/" + store + "/credentials").then(), 422, "validation-failed")
                .body("violations.field", contains("clientId", "clientSecret"));
        assertThat(till.probed).hasSize(1);

        Api.admin().body(Map.of("token", " good-new\r\n")).put("/api/v1/channels/" + channel + "/token").then()
                .statusCode(200);
        assertThat(till.probed.get(1).token().reveal()).isEqualTo("good-new");
    }

    @Test
    void emptyFieldsOfAFormAreNone() {
        Api.admin().body(Map.of("shopDomain", "new.myshopify.com", "accessToken", "good", "clientId", "", "clientSecret", ""))
                .post("/api/v1/stores").then().statusCode(201).body("webhooksVerifiable", equalTo(false));
    }

    @Test
    void controlCharactersInNamesAreRefusedByField() {
        for (var name : new String[]{ "a\u0000b", "a\nb", "a\u001bb", "a\u0085b"}) {
            Api.problem(Api.admin().body(Map.of("name", name)).patch("/api/v1/channels/" + channel).then(), 422,
                    "validation-failed").body("violations.field", contains("name"));
            Api.problem(Api.admin().body(Api.channel(store, name, "BBBBBBBBBBBBB", "good")).post("/api/v1/channels").then(),
                    422, "validation-failed").body("violations.field", contains("name"));
            Api.problem(Api.admin().body(Map.of("name", name, "role", "viewer")).post("/api/v1/access/keys").then(), 422,
                    "validation-failed").body("violations.field", contains("name"));
        }
        Api.admin().body(Map.of("name", "Caf\u00e9 \uD83C\uDFEA")).patch("/api/v1/channels/" + channel).then().statusCode(200)
                .body("name", equalTo("Caf\u00e9 \uD83C\uDFEA"));
    }

    @Test
    void controlCharactersInSettingsAreRefusedByField() {
        var settings = new HashMap<String, Object>();
        settings.put("orderSync", Map.of("noteFormat", Map.of("prefix", "a\u0000")));
        settings.put("shipmentSync",
                Map.of("mappings", new Object[]{ Map.of("channelMethod", "x\u0007", "storeMethod", "Standard")}));
        settings.put("notifications", Map.of("recipients", new Object[]{ "a\u0000@example.com"}));
        Api.problem(Api.admin().header("If-Match", "*").body(settings).put("/api/v1/channels/" + channel + "/settings").then(),
                422, "validation-failed").body("violations.field",
                        contains("orderSync.noteFormat.prefix", "shipmentSync.mappings[0].channelMethod",
                                "notifications.recipients[0]"));
    }

    @Test
    void anIdWithANullCharacterIsOfNothing() {
        var link = "/api/v1/channels/" + channel + "/links/%00";
        Api.problem(Api.admin().urlEncodingEnabled(false).delete(link).then(), 404, "not-found");
        Api.problem(Api.admin().urlEncodingEnabled(false).get(link + "/journal").then(), 404, "not-found");
        Api.problem(Api.admin().urlEncodingEnabled(false).get("/api/v1/channels/" + channel + "/journal?subject=%00").then(),
                400,
                "invalid-request");
    }
}
