package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

import dev.tillbridge.testing.EventReader;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceDatabase;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.StockPair;
import dev.tillbridge.testing.TestCertificate;
import dev.tillbridge.testing.WebhookSender;

/**
 * Each operation of the API answers as its document says, with TLS to the database and to the mail server. What a native binary
 * could have lost shows here: a type's JSON, a template, a query, a time zone, a page.
 */
class EveryOperationIT {

    private static final Duration SOON = Duration.ofSeconds(45);
    private static final String CHANNEL = "/api/v1/channels/{id}";
    private static final String STORE = "/api/v1/stores/{id}";
    private static final String NONE = "00000000-0000-0000-0000-000000000000";
    private static final String CLIENT_SECRET = "shpss_demo";
    private static final int SAFETY = 1;

    private OpenApiCalls api;
    private SandboxProcess sandbox;
    private EventReader events;
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
                events = EventReader.open(service.base(), ServiceProcess.ADMIN_KEY, "");
                connect();
                access(http);
                settings();
                links();
                StockPair recounted = recount();
                runsProductsAndReconciliations();
                String unlinked = unlinkOne(recounted);
                String storeOrder = orders(unlinked, recounted);
                decide(recounted);
                hooks(http, storeOrder);
                mails(mails);
                pages(http);
                disconnect();
                events();
                assertThat(api.missing()).as("operations that were not called").isEmpty();
                service.terminate();
                events.end(Duration.ofSeconds(5));
                service.exitCode(Duration.ofSeconds(20));
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
        config.put("quarkus.shutdown.delay", "1S");
        config.put("quarkus.shutdown.timeout", "10S");
        config.put("tillbridge.notification.look-every", "PT1S");
        config.put("tillbridge.notification.collect-for", "PT0S");
        config.put("tillbridge.clover.rate.per-second", "200");
        config.put("tillbridge.sync.order-poll", "PT0.5S");
        config.put("tillbridge.sync.stock-poll", "PT0.5S");
        config.put("tillbridge.sync.till-scan", "PT1S");
        // Polls of a quiet till grow apart up to this: a count made there would be found after a minute.
        config.put("tillbridge.sync.quiet-poll", "PT1S");
        config.put("tillbridge.stock.recount-after", "PT1S");
        config.put("tillbridge.stock.recheck", "PT0.5S");
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
        assertThat(api.get("/api/v1/integrations").path("items").findValuesAsText("key")).contains("clover", "shopify");
        String credentials = "\"clientId\":\"tillbridge-demo-app\",\"clientSecret\":\"" + CLIENT_SECRET + "\"}";
        store = api.call(201, "POST", "/api/v1/stores",
                "{\"shopDomain\":\"" + SandboxResource.SHOP + "\"," + credentials).path("id").asText();
        assertThat(api.get("/api/v1/stores").path("items")).hasSize(1);
        assertThat(api.get(STORE, store).path("timezone").asText()).contains("/");
        api.call(200, "PUT", STORE + "/credentials", "{" + credentials, store);
        api.call(200, "POST", "/api/v1/integrations/{key}/check",
                "{\"region\":\"us\",\"merchantId\":\"" + SandboxResource.MERCHANT
                        + "\",\"token\":\"" + SandboxResource.CLOVER_TOKEN + "\"}",
                "clover");
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
        assertThat(api.get("/api/v1/session/ways").path("apiKey").asBoolean()).isTrue();
        assertThat(api.call(201, "POST", "/api/v1/session", "{\"key\":\"" + ServiceProcess.ADMIN_KEY + "\"}").path("csrfToken")
                .asText()).isNotEmpty();
        api.call(204, "DELETE", "/api/v1/session", null);
        JsonNode created = api.call(201, "POST", "/api/v1/access/keys", "{\"name\":\"Reader\",\"role\":\"viewer\"}");
        JsonClient reader = new JsonClient(http.base(), created.path("token").asText());
        assertThat(reader.get("/api/v1/channels").path("items")).hasSize(1);
        problem(403, "forbidden", "DELETE " + CHANNEL, reader.send("DELETE", "/api/v1/channels/" + channel, null));
        assertThat(api.get("/api/v1/access/keys").findValuesAsText("name")).contains("Reader");
        api.call(204, "DELETE", "/api/v1/access/keys/{id}", null, created.at("/key/id").asText());
        problem(401, "unauthenticated", "GET /api/v1/channels", reader.send("GET", "/api/v1/channels", null));
        problem(404, "not-found", "GET " + CHANNEL, http.send("GET", "/api/v1/channels/" + NONE, null));
        problem(404, "not-found", null, http.send("GET", "/api/v1/nothing", null));
        problem(400, "malformed-body", "POST /api/v1/stores", http.send("POST", "/api/v1/stores", "{\"shopDomain\":"));
        problem(422, "unknown-field", "POST /api/v1/stores", http.send("POST", "/api/v1/stores", "{\"shop\":\"a\"}"));
        problem(405, "method-not-allowed", null, http.send("PUT", "/api/v1/stores", "{}"));
        problem(406, "not-acceptable", null, http.send("GET", "/api/v1/stores", null, "Accept", "text/html"));
        problem(415, "unsupported-media-type", "POST /api/v1/stores",
                http.send("POST", "/api/v1/stores", "<a/>", "Content-Type", "application/xml"));
        problem(413, "body-too-large", "POST /api/v1/stores",
                http.send("POST", "/api/v1/stores", "{\"shopDomain\":\"" + "x".repeat(1_100_000) + "\"}"));
    }

    /** @param operation whose document names the problem; null where it is of no operation */
    private void problem(int status, String code, String operation, JsonClient.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
        if (operation != null) {
            api.check(operation, answer);
        }
    }

    private void settings() {
        assertThat(api.get(CHANNEL + "/settings/choices", channel).path("locations")).isNotEmpty();
        JsonClient.Answer present = api.send(200, "GET", CHANNEL + "/settings", null, List.of(), channel);
        ObjectNode settings = (ObjectNode) present.json();
        settings.withObject("/inventorySync").put("enabled", true).put("safetyStock", SAFETY);
        settings.withObject("/orderSync").put("enabled", true);
        settings.withObject("/priceSync").put("enabled", true);
        settings.withObject("/shipmentSync").put("enabled", true);
        settings.withObject("/productSync").put("enabled", true).put("defaultInventory", 5);
        settings.withObject("/notifications").putArray("recipients").add("owner@example.com");
        List<String> unchanged = List.of("If-Match", present.headers().firstValue("ETag").orElseThrow());
        JsonNode dry = api.send(200, "PUT", CHANNEL + "/settings?dryRun=true", settings.toString(), unchanged, channel).json();
        assertThat(dry.path("preview").isObject()).isTrue();
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
        assertThat(api.get(CHANNEL + "/links/{variantId}", channel, variant).path("levels")).isNotEmpty();
        String csv = api.send(200, "GET", CHANNEL + "/links/export", null, List.of(), channel).body();
        assertThat(csv).startsWith("variantId,").contains(variant);
        JsonNode report = api.send(200, "POST", CHANNEL + "/links/import?dryRun=true", csv,
                List.of("Content-Type", "text/csv"), channel).json();
        assertThat(report.isObject()).isTrue();
        assertThat(api.get(CHANNEL + "/journal", channel).path("items")).isNotEmpty();
    }

    /** Somebody counts an item at the till whose quantity Tillbridge has settled. */
    private StockPair recount() {
        await().atMost(SOON).until(() -> sandbox.stock().stream().filter(StockPair::follows)
                .filter(pair -> pair.inStep(SAFETY)).count() > 10);
        StockPair chosen = sandbox.stock().stream().filter(StockPair::follows)
                .filter(pair -> pair.inStep(SAFETY) && pair.shop().intValue() > 5).findFirst().orElseThrow();
        // What was written has been confirmed: until then it is no recount, but a write of unknown outcome.
        await().atMost(SOON).until(() -> !link(chosen).path("channelStock").isMissingNode()
                && link(chosen).path("channelStock").decimalValue().compareTo(chosen.till()) == 0);
        assertThat(sandbox.control("POST", "/clover/stock", "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"itemId\":\""
                + chosen.itemId() + "\",\"quantity\":7777}").isObject()).isTrue();
        return chosen;
    }

    private void decide(StockPair recounted) {
        await().atMost(SOON).until(() -> recounts().findValuesAsText("itemId").contains(recounted.itemId()));
        api.call(202, "POST", CHANNEL + "/recounts/{itemId}", "{\"resolution\":\"OVERWRITE\"}", channel, recounted.itemId());
        await().atMost(SOON).until(() -> !recounts().findValuesAsText("itemId").contains(recounted.itemId()));
    }

    private JsonNode recounts() {
        return api.get(CHANNEL + "/recounts?status=OPEN", channel).path("items");
    }

    private JsonNode link(StockPair pair) {
        return api.get(CHANNEL + "/links?status=linked&q=" + pair.sku(), channel).at("/items/0");
    }

    /** An item that a person keeps from being linked; its id. */
    private String unlinkOne(StockPair butNot) {
        for (JsonNode link : api.get(CHANNEL + "/links?status=linked&limit=5", channel).path("items")) {
            String item = link.at("/item/id").asText();
            if (!item.equals(butNot.itemId())) {
                api.call(204, "DELETE", CHANNEL + "/links/{variantId}", null, channel, link.at("/variant/id").asText());
                return item;
            }
        }
        throw new IllegalStateException("Nothing is linked");
    }

    /**
     * @param unlinked sales of it are held
     * @return the store's id of an order that was made
     */
    private String orders(String unlinked, StockPair butNot) {
        StockPair linked = sandbox.stock().stream().filter(StockPair::follows)
                .filter(pair -> pair.inStep(SAFETY) && pair.shop().intValue() > 5)
                .filter(pair -> !pair.itemId().equals(unlinked) && !pair.itemId().equals(butNot.itemId())).findFirst()
                .orElseThrow();
        String sold = sale(linked.itemId(), 500);
        String one = sale(unlinked, 900);
        String other = sale(unlinked, 700);
        await().atMost(SOON).until(() -> "IMPORTED".equals(status(sold)) && "HELD".equals(status(one))
                && "HELD".equals(status(other)));
        assertThat(api.get(CHANNEL + "/orders/counts", channel).path("HELD").asInt()).isEqualTo(2);
        assertThat(api.get(CHANNEL + "/orders?status=HELD", channel).path("items").findValuesAsText("posOrderId"))
                .containsExactlyInAnyOrder(one, other);
        // Without a body and without a media type.
        api.call(200, "POST", CHANNEL + "/orders/{posOrderId}/replay", null, channel, one);
        await().atMost(SOON).until(() -> "HELD".equals(status(one)));
        assertThat(api
                .call(200, "POST", CHANNEL + "/orders/{posOrderId}/dismiss", "{\"reason\":\"Given away\",\"stock\":\"KEEP\"}",
                        channel, one)
                .path("status").asText()).isEqualTo("SKIPPED");
        String filter = "{\"filter\":{\"status\":\"HELD\"}";
        api.call(200, "POST", CHANNEL + "/orders/replay", filter + "}", channel);
        await().atMost(SOON).until(() -> "HELD".equals(status(other)));
        api.call(200, "POST", CHANNEL + "/orders/dismiss", filter + ",\"reason\":\"Given away\",\"stock\":\"KEEP\"}", channel);
        assertThat(status(other)).isEqualTo("SKIPPED");
        return api.get(CHANNEL + "/orders/{posOrderId}", channel, sold).at("/storeOrder/id").asText();
    }

    private String sale(String item, int price) {
        return sandbox.control("POST", "/clover/sales", "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"paid\":true,"
                + "\"lines\":[{\"itemId\":\"" + item + "\",\"units\":1,\"price\":" + price + "}]}").path("orderId").asText();
    }

    private String status(String sale) {
        JsonNode orders = api.get(CHANNEL + "/orders?q=" + sale, channel).path("items");
        return orders.isEmpty() ? "" : api.get(CHANNEL + "/orders/{posOrderId}", channel, sale).path("status").asText();
    }

    private void runsProductsAndReconciliations() {
        assertThat(api.get(CHANNEL + "/runs/failures", channel).path("items").isArray()).isTrue();
        assertThat(api.get(CHANNEL + "/requests", channel).at("/till/unit").asText()).isEqualTo("requests");
        String run = api.call(202, "POST", CHANNEL + "/runs", "{\"streams\":[\"stock\"],\"full\":true}", channel).path("id")
                .asText();
        await().atMost(SOON).until(() -> api.get(CHANNEL + "/runs/{runId}", channel, run).hasNonNull("finishedAt"));
        assertThat(api.get(CHANNEL + "/runs", channel).path("items")).isNotEmpty();
        assertThat(sandbox.control("POST", "/shopify/products", "{\"title\":\"Tall vase\",\"variants\":[{\"sku\":\"VASE\","
                + "\"price\":\"12.50\"}]}").isObject()).isTrue();
        await().atMost(SOON).until(() -> !api.get(CHANNEL + "/products", channel).path("items").isEmpty());
        String known = api.get(CHANNEL + "/products", channel).at("/items/0/productId").asText();
        api.call(202, "POST", CHANNEL + "/products/{productId}/retry", null, channel, known);
        String reconciliation = api.call(202, "POST", STORE + "/reconciliations", null, store).path("id").asText();
        await().atMost(SOON).until(() -> api.get(STORE + "/reconciliations/{reconciliationId}", store, reconciliation)
                .hasNonNull("finishedAt"));
        assertThat(api.get(STORE + "/reconciliations", store).path("items")).hasSize(1);
    }

    private void hooks(JsonClient http, String storeOrder) throws Exception {
        api.get("/api/v1/integrations/{integration}/webhook", "clover");
        String body = "{\"shop_domain\":\"" + SandboxResource.SHOP + "\",\"customer\":{\"id\":77},\"orders_requested\":["
                + storeOrder + "]}";
        problem(401, "webhook-not-verified", null, http.send("POST", "/webhooks/shopify", body,
                signed(WebhookSender.signature(body, "wrong")).toArray(String[]::new)));
        api.send(200, "POST", "/webhooks/{integration}", body, signed(WebhookSender.signature(body, CLIENT_SECRET)), "shopify");
        await().atMost(SOON).until(() -> !waiting().isEmpty());
        String demand = waiting().get(0);
        api.call(204, "POST", "/api/v1/webhooks/demands/{id}/answered", null, demand);
        api.call(409, "POST", "/api/v1/webhooks/demands/{id}/answered", null, demand);
    }

    private static List<String> signed(String signature) {
        return List.of("X-Shopify-Hmac-Sha256", signature, "X-Shopify-Shop-Domain", SandboxResource.SHOP, "X-Shopify-Topic",
                "customers/data_request", "X-Shopify-Event-Id", UUID.randomUUID().toString());
    }

    private List<String> waiting() {
        JsonNode demands = api.get("/api/v1/webhooks/demands").path("items");
        return demands.findParents("waitingSince").stream().filter(demand -> demand.hasNonNull("waitingSince"))
                .map(demand -> demand.path("id").asText()).toList();
    }

    private static void mails(GreenMail mails) throws Exception {
        await().atMost(SOON).until(() -> mails.getReceivedMessages().length > 0);
        assertThat(mails.getReceivedMessages()[0].getSubject()).contains("Corner till");
        assertThat(mails.getReceivedMessages()[0].getAllRecipients()[0]).hasToString("owner@example.com");
    }

    private void disconnect() {
        assertThat(api.get(CHANNEL + "/overview", channel).path("on")).hasSize(5);
        api.call(204, "DELETE", CHANNEL, null, channel);
        api.call(204, "DELETE", STORE, null, store);
    }

    private void events() {
        for (String name : List.of("store", "channel", "order", "run", "recount", "link")) {
            api.checkEvent("GET /api/v1/events", events.event(name, data -> data.has("storeId")).data());
        }
        assertThat(events.events().get(0).name()).isEqualTo("resync");
    }

    /** What is there beside the API. */
    private static void pages(JsonClient http) throws Exception {
        assertThat(http.send("GET", "/", null, "Accept", "text/html").body()).contains("/static/bundle/app");
        assertThat(http.send("GET", "/q/swagger-ui/", null).body()).contains("swagger-ui-bundle.js");
        assertThat(http.send("GET", "/q/swagger-ui/swagger-ui-bundle.js", null).status()).isEqualTo(200);
        assertThat(http.send("GET", "/q/openapi", null).body()).startsWith("---");
        assertThat(http.send("GET", "/q/metrics", null).body()).contains("tillbridge_");
        for (String check : List.of("started", "live", "ready")) {
            assertThat(http.send("GET", "/q/health/" + check, null).status()).as(check).isEqualTo(200);
        }
    }

    private static void assertThatAllConnectionsAreEncrypted(String jdbc) {
        Map<String, Object> connections = new ServiceDatabase(jdbc).rows("""
                select count(*) filter (where s.ssl) as encrypted, count(*) as of_all
                from pg_stat_ssl s join pg_stat_activity a using (pid)
                where a.datname = current_database() and a.pid <> pg_backend_pid()""").get(0);
        assertThat((Long) connections.get("encrypted")).isPositive().isEqualTo(connections.get("of_all"));
    }
}
