package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.TestCertificate;

/**
 * Each operation of the API answers as its document says, with TLS to the database and to the mail server. What a native binary
 * could have lost shows here: a type's JSON, a template, a query, a page.
 */
class EveryOperationIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String CHANNEL = "/api/v1/channels/{id}";
    private static final String STORE = "/api/v1/stores/{id}";
    private static final String NONE = "00000000-0000-0000-0000-000000000000";

    private OpenApiCalls api;
    private SandboxProcess sandbox;
    private String store;
    private String channel;

    @Test
    void eachAnswersAsItsDocumentSays() throws Exception {
        String jdbc = SandboxResource.freshDatabase();
        GreenMail mails = mailServer();
        try (SandboxProcess started = SandboxProcess.start("operations-sandbox", "-Dsandbox.clover-limits=false")) {
            sandbox = started;
            sandbox.seed("{\"seed\":5,\"variants\":40}");
            try (ServiceProcess service = ServiceProcess.start("operations", config(jdbc, mails), "-Xmx256m")) {
                JsonClient http = service.api().http();
                api = new OpenApiCalls(http);
                assertThatAllConnectionsAreEncrypted(jdbc);
                connect();
                access(http);
                settings();
                links();
                orders();
                recounts();
                runsProductsAndReconciliations();
                hooks();
                await().atMost(SOON).until(() -> mails.getReceivedMessages().length > 0);
                assertThat(mails.getReceivedMessages()[0].getSubject()).contains("Corner till");
                disconnect();
                assertThat(api.uncalled()).isEmpty();
                pages(http);
            }
        } finally {
            mails.stop();
        }
    }

    private Map<String, String> config(String jdbc, GreenMail mails) {
        Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
        config.put("quarkus.mailer.host", "localhost");
        config.put("quarkus.mailer.port", Integer.toString(mails.getSmtps().getPort()));
        config.put("quarkus.mailer.from", "tillbridge@example.com");
        config.put("quarkus.mailer.tls", "true");
        config.put("quarkus.mailer.tls-configuration-name", "mail");
        config.put("quarkus.tls.mail.trust-store.pem.certs", TestCertificate.certificate().toString());
        config.put("tillbridge.notification.look-every", "PT1S");
        config.put("tillbridge.notification.collect-for", "PT0S");
        config.put("tillbridge.clover.rate.per-second", "200");
        config.put("tillbridge.sync.order-poll", "PT1S");
        config.put("tillbridge.sync.stock-poll", "PT1S");
        config.put("tillbridge.sync.till-scan", "PT5S");
        config.put("tillbridge.stock.recount-after", "PT1S");
        return config;
    }

    private static GreenMail mailServer() {
        System.setProperty("greenmail.tls.keystore.file", TestCertificate.keyStore().toString());
        System.setProperty("greenmail.tls.keystore.password", TestCertificate.STORE_PASSWORD);
        GreenMail mails = new GreenMail(ServerSetup.SMTPS.dynamicPort());
        mails.start();
        return mails;
    }

    private void connect() {
        assertThat(api.get("/api/v1/integrations").at("/items/0/key").asText()).isEqualTo("clover");
        store = api.call(201, "POST", "/api/v1/stores", "{\"shopDomain\":\"" + SandboxResource.SHOP
                + "\",\"accessToken\":\"shpat_demo\"}").path("id").asText();
        assertThat(api.get("/api/v1/stores").path("items")).hasSize(1);
        assertThat(api.get(STORE, store).path("timezone").asText()).contains("/");
        api.call(200, "PUT", STORE + "/credentials", "{\"accessToken\":\"shpat_demo\"}", store);
        channel = api.call(201, "POST", "/api/v1/channels", ServiceApi.channel(store, SandboxResource.CLOVER_TOKEN))
                .path("id").asText();
        assertThat(api.get("/api/v1/channels").path("items")).hasSize(1);
        api.call(200, "PATCH", CHANNEL, "{\"name\":\"Corner till\"}", channel);
        assertThat(api.get(CHANNEL, channel).path("name").asText()).isEqualTo("Corner till");
        api.call(200, "PUT", CHANNEL + "/token", "{\"token\":\"" + SandboxResource.CLOVER_TOKEN + "\"}", channel);
        api.call(200, "POST", CHANNEL + "/check", null, channel);
        api.call(200, "POST", CHANNEL + "/pause", null, channel);
        assertThat(api.call(200, "POST", CHANNEL + "/resume", null, channel).path("status").asText()).isEqualTo("CONNECTED");
    }

    private void access(JsonClient http) throws Exception {
        assertThat(api.get("/api/v1/session").path("role").asText()).isEqualTo("admin");
        JsonNode created = api.call(201, "POST", "/api/v1/access/keys", "{\"name\":\"Reader\",\"role\":\"viewer\"}");
        JsonClient reader = new JsonClient(http.base(), created.path("token").asText());
        assertThat(reader.get("/api/v1/channels").path("items")).hasSize(1);
        problem(403, "forbidden", reader.send("DELETE", "/api/v1/channels/" + channel, null));
        assertThat(api.get("/api/v1/access/keys").findValuesAsText("name")).contains("Reader");
        api.call(204, "DELETE", "/api/v1/access/keys/{id}", null, created.at("/key/id").asText());
        problem(401, "unauthenticated", reader.send("GET", "/api/v1/channels", null));
        problem(404, "not-found", http.send("GET", "/api/v1/channels/" + NONE, null));
        problem(400, "malformed-body", http.send("POST", "/api/v1/stores", "{\"shopDomain\":"));
    }

    private static void problem(int status, String code, JsonClient.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
    }

    private void settings() {
        assertThat(api.get(CHANNEL + "/settings/choices", channel).path("locations")).isNotEmpty();
        JsonClient.Answer present = api.send(200, "GET", CHANNEL + "/settings", null, List.of(), channel);
        ObjectNode settings = (ObjectNode) present.json();
        settings.withObject("/inventorySync").put("enabled", true).put("safetyStock", 1);
        settings.withObject("/orderSync").put("enabled", true);
        settings.withObject("/priceSync").put("enabled", true);
        settings.withObject("/shipmentSync").put("enabled", true);
        settings.withObject("/productSync").put("enabled", true).put("defaultInventory", 5);
        settings.withObject("/notifications").putArray("recipients").add("owner@example.com");
        List<String> unchanged = List.of("If-Match", present.headers().firstValue("ETag").orElseThrow());
        JsonNode dry = api.send(200, "PUT", CHANNEL + "/settings?dryRun=true", settings.toString(), unchanged, channel).json();
        assertThat(dry.isObject()).isTrue();
        api.send(200, "PUT", CHANNEL + "/settings", settings.toString(), unchanged, channel);
        api.send(412, "PUT", CHANNEL + "/settings", settings.toString(), unchanged, channel);
    }

    private void links() {
        await().atMost(SOON).until(() -> api.get(CHANNEL + "/links/counts", channel).path("linked").asInt() > 10);
        JsonNode link = api.get(CHANNEL + "/links?status=linked&limit=1", channel).at("/items/0");
        String variant = link.at("/variant/id").asText();
        api.call(204, "DELETE", CHANNEL + "/links/{variantId}", null, channel, variant);
        api.call(200, "PUT", CHANNEL + "/links/{variantId}",
                "{\"itemId\":\"" + link.at("/item/id").asText() + "\"}", channel, variant);
        assertThat(api.get(CHANNEL + "/links/{variantId}/journal", channel, variant).path("items")).isNotEmpty();
        String csv = api.send(200, "GET", CHANNEL + "/links/export", null, List.of(), channel).body();
        assertThat(csv).startsWith("variantId,").contains(variant);
        JsonNode report = api.send(200, "POST", CHANNEL + "/links/import?dryRun=true", csv,
                List.of("Content-Type", "text/csv"), channel).json();
        assertThat(report.isObject()).isTrue();
        assertThat(api.get(CHANNEL + "/journal", channel).path("items")).isNotEmpty();
    }

    private void orders() {
        await().atMost(SOON).until(() -> sandbox.stock().stream().anyMatch(pair -> pair.inStep(1)));
        String sold = sale("[{\"sku\":\"TB-000001\",\"units\":1,\"price\":500}]");
        String unknown = sale("[{\"name\":\"Repair\",\"units\":1,\"price\":900}]");
        String other = sale("[{\"name\":\"Repair\",\"units\":1,\"price\":700}]");
        await().atMost(SOON).until(() -> api.get(CHANNEL + "/orders/counts", channel).path("HELD").asInt() == 2
                && "IMPORTED".equals(status(sold)));
        assertThat(api.get(CHANNEL + "/orders?status=HELD", channel).path("items").findValuesAsText("posOrderId"))
                .containsExactlyInAnyOrder(unknown, other);
        api.call(200, "POST", CHANNEL + "/orders/{posOrderId}/replay", null, channel, unknown);
        await().atMost(SOON).until(() -> "HELD".equals(status(unknown)));
        api.call(200, "POST", CHANNEL + "/orders/{posOrderId}/dismiss", "{\"reason\":\"Repaired\",\"stock\":\"KEEP\"}", channel,
                unknown);
        String filter = "{\"filter\":{\"status\":\"HELD\"}";
        api.call(200, "POST", CHANNEL + "/orders/replay", filter + "}", channel);
        await().atMost(SOON).until(() -> "HELD".equals(status(other)));
        api.call(200, "POST", CHANNEL + "/orders/dismiss", filter + ",\"reason\":\"Repaired\",\"stock\":\"KEEP\"}", channel);
        assertThat(status(other)).isEqualTo("DISMISSED");
    }

    private String sale(String lines) {
        return sandbox.control("POST", "/clover/sales", "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"paid\":true,"
                + "\"lines\":" + lines + "}").path("orderId").asText();
    }

    private String status(String sale) {
        JsonNode orders = api.get(CHANNEL + "/orders?q=" + sale, channel).path("items");
        return orders.isEmpty() ? "" : api.get(CHANNEL + "/orders/{posOrderId}", channel, sale).path("status").asText();
    }

    private void recounts() {
        await().atMost(SOON).until(() -> sandbox.stock().stream().filter(pair -> pair.inStep(1)).count() > 10);
        assertThat(sandbox.control("POST", "/clover/stock", "{\"merchantId\":\"" + SandboxResource.MERCHANT
                + "\",\"sku\":\"TB-000003\",\"quantity\":7777}").isObject()).isTrue();
        await().atMost(SOON).until(() -> !open().isEmpty());
        api.call(202, "POST", CHANNEL + "/recounts/{itemId}", "{\"resolution\":\"OVERWRITE\"}", channel,
                open().at("/0/itemId").asText());
        await().atMost(SOON).until(() -> open().isEmpty());
    }

    private JsonNode open() {
        return api.get(CHANNEL + "/recounts?status=OPEN", channel).path("items");
    }

    private void runsProductsAndReconciliations() {
        String run = api.call(202, "POST", CHANNEL + "/runs", "{\"streams\":[\"stock\"],\"full\":true}", channel).path("id")
                .asText();
        await().atMost(SOON).until(() -> api.get(CHANNEL + "/runs/{runId}", channel, run).hasNonNull("finishedAt"));
        assertThat(api.get(CHANNEL + "/runs", channel).path("items")).isNotEmpty();
        String product = sandbox
                .control("POST", "/shopify/products", "{\"title\":\"Tall vase\",\"variants\":[{\"sku\":\"VASE\","
                        + "\"price\":\"12.50\"}]}")
                .path("id").asText();
        assertThat(product).isNotEmpty();
        await().atMost(SOON).until(() -> !api.get(CHANNEL + "/products", channel).path("items").isEmpty());
        String known = api.get(CHANNEL + "/products", channel).at("/items/0/productId").asText();
        api.call(202, "POST", CHANNEL + "/products/{productId}/retry", null, channel, known);
        String reconciliation = api.call(202, "POST", STORE + "/reconciliations", null, store).path("id").asText();
        await().atMost(SOON).until(() -> api.get(STORE + "/reconciliations/{reconciliationId}", store, reconciliation)
                .hasNonNull("finishedAt"));
        assertThat(api.get(STORE + "/reconciliations", store).path("items")).hasSize(1);
    }

    private void hooks() {
        api.get("/api/v1/integrations/{integration}/webhook", "clover");
        api.get("/api/v1/webhooks/demands");
        api.call(409, "POST", "/api/v1/webhooks/demands/{id}/answered", null, NONE);
        api.send(401, "POST", "/webhooks/{integration}", "{}", List.of("X-Shopify-Hmac-Sha256", "AAAA", "X-Shopify-Shop-Domain",
                SandboxResource.SHOP, "X-Shopify-Topic", "orders/updated", "X-Shopify-Event-Id", "1"), "shopify");
    }

    private void disconnect() {
        api.call(204, "DELETE", CHANNEL, null, channel);
        api.call(204, "DELETE", STORE, null, store);
    }

    /** What is there beside the API. */
    private static void pages(JsonClient http) throws Exception {
        assertThat(http.send("GET", "/q/swagger-ui/", null).body()).contains("swagger-ui-bundle.js");
        assertThat(http.send("GET", "/q/swagger-ui/swagger-ui-bundle.js", null).status()).isEqualTo(200);
        assertThat(http.send("GET", "/q/openapi", null).body()).startsWith("---");
        assertThat(http.send("GET", "/q/metrics", null).body()).contains("tillbridge_");
        for (String check : List.of("started", "live", "ready")) {
            assertThat(http.send("GET", "/q/health/" + check, null).status()).as(check).isEqualTo(200);
        }
    }

    private static void assertThatAllConnectionsAreEncrypted(String jdbc) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select count(*) filter (where s.ssl), count(*) from pg_stat_ssl s join pg_stat_activity a using (pid)
                        where a.datname = current_database() and a.pid <> pg_backend_pid()""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isPositive().isEqualTo(row.getInt(2));
        }
    }
}
