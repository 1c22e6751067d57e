package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

class SecretsIT {

    private static final String WRONG_CLOVER_TOKEN = "wrong-clover-token-4f1d2c";
    private static final String WRONG_CLIENT_SECRET = "shpss_wrong_9b1e77";
    private static final String CLIENT_SECRET = "shpss_demo";
    private static final String SHOP_TOKEN = "shpat_second_credential_61c0";
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Everything that must be found nowhere: credentials, and what a vendor's answer holds of the merchant's bank. */
    private final List<String> secrets = new ArrayList<>(List.of(WRONG_CLOVER_TOKEN, WRONG_CLIENT_SECRET, CLIENT_SECRET,
            SHOP_TOKEN, ServiceProcess.ADMIN_KEY, ServiceProcess.ENCRYPTION_KEY,
            new String(Base64.getDecoder().decode(ServiceProcess.ENCRYPTION_KEY), StandardCharsets.UTF_8), "021000021",
            "8675309867530"));
    private final List<String> answers = new ArrayList<>();

    @Test
    void aWholeRunLeavesNoCredentialInTheLogTheAnswersOrTheDatabase() throws Exception {
        String jdbc = SandboxResource.freshDatabase();
        try (SandboxProcess sandbox = SandboxProcess.start("secrets-sandbox", "-Dsandbox.clover-limits=false")) {
            // Given
            sandbox.seed("{\"seed\":5,\"variants\":60}");
            Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
            for (String category : List.of("dev.tillbridge", "io.quarkus", "org.jboss.resteasy", "http-problem")) {
                config.put("quarkus.log.category.\"" + category + "\".level", "DEBUG");
            }
            config.put("tillbridge.clover.rate.per-second", "200");
            config.put("tillbridge.sync.stock-poll", "PT1S");
            config.put("tillbridge.sync.renew", "PT2S");

            // When
            String log;
            try (ServiceProcess service = ServiceProcess.start("secrets", config)) {
                live(sandbox, service.api().http(), jdbc);
                log = service.printed();
            }

            // Then
            assertThat(log).contains("is worked on here", "\"level\":\"DEBUG\"");
            for (String secret : secrets) {
                assertThat(log).as("the log").doesNotContain(secret);
                assertThat(answers).as("the answers").noneMatch(answer -> answer.contains(secret));
            }
            assertThat(log).as("tokens that Shopify grants").doesNotContainPattern("shpat_[0-9a-f]{32}");
            assertThatEachLineIsJson(log);
        }
    }

    private void live(SandboxProcess sandbox, JsonClient http, String jdbc) throws Exception {
        String first = token(sandbox);
        String second = token(sandbox);
        String store = connectStore(http);
        String channel = connectChannel(http, store, first);
        String key = http.call("POST", "/api/v1/access/keys", "{\"name\":\"till\",\"role\":\"operator\"}").path("token")
                .asText();
        assertThat(key).isNotEmpty();
        secrets.add(key);
        assertThat(new JsonClient(http.base(), key).get("/api/v1/channels").path("items")).hasSize(1);
        assertThat(new JsonClient(http.base(), key + "x").send("GET", "/api/v1/channels", null).status()).isEqualTo(401);

        // Faults of both vendors while stock is written.
        for (String fault : List.of("\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"HTML\"",
                "\"clover\",\"operation\":\"item_stocks.list\",\"kind\":\"SERVER_ERROR_BEFORE\"",
                "\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"SERVER_ERROR_AFTER\"",
                "\"clover\",\"operation\":\"properties.get\",\"kind\":\"MALFORMED_JSON\"",
                "\"shopify\",\"operation\":\"VariantsSince\",\"kind\":\"HTML\"")) {
            assertThat(sandbox.control("POST", "/faults", "{\"side\":" + fault + ",\"nth\":1,\"times\":1}").isObject())
                    .isTrue();
        }
        new ServiceApi(http).turnOnInventorySync(channel, 1);
        await().atMost(SOON).until(() -> sandbox.stock().stream().filter(pair -> pair.inStep(1)).count() >= 50);

        // Tokens that are no longer accepted, and others in their place.
        String path = ServiceApi.path(channel);
        assertThat(sandbox.control("DELETE", "/clover/tokens/" + first, null).path("revoked").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> http.get(path).path("status").asText().equals("UNAUTHORIZED"));
        expect(422, http, "PUT", path + "/token", "{\"token\":\"" + WRONG_CLOVER_TOKEN + "\"}");
        expect(200, http, "PUT", path + "/token", "{\"token\":\"" + second + "\"}");
        assertThat(sandbox.control("POST", "/shopify/tokens", "{\"token\":\"" + SHOP_TOKEN + "\"}").isObject()).isTrue();
        expect(200, http, "PUT", "/api/v1/stores/" + store + "/credentials", "{\"accessToken\":\"" + SHOP_TOKEN + "\"}");
        expect(200, http, "GET", "/api/v1/stores/" + store, null);
        expect(200, http, "GET", path, null);
        expect(200, http, "GET", path + "/journal", null);
        expect(200, http, "POST", path + "/check", "{}");
        assertThat(credentials(jdbc)).as("of store and channel").hasSizeGreaterThanOrEqualTo(2);
        assertThatTheDatabaseHoldsNone(jdbc);

        // The channel's go with it.
        int before = credentials(jdbc).size();
        expect(204, http, "DELETE", path, null);
        assertThat(credentials(jdbc)).hasSize(before - 1);
        assertThatTheDatabaseHoldsNone(jdbc);
    }

    private String token(SandboxProcess sandbox) {
        String token = sandbox.control("POST", "/clover/tokens", "{}").path("token").asText();
        assertThat(token).isNotEmpty();
        secrets.add(token);
        return token;
    }

    private String connectStore(JsonClient http) throws Exception {
        String shop = "{\"shopDomain\":\"" + SandboxResource.SHOP
                + "\",\"clientId\":\"tillbridge-demo-app\",\"clientSecret\":\"";
        expect(422, http, "POST", "/api/v1/stores", shop + WRONG_CLIENT_SECRET + "\"}");
        // A comma too many, and a name that is none: what is quoted back must not be the secret.
        expect(400, http, "POST", "/api/v1/stores", shop + CLIENT_SECRET + "\",}");
        expect(422, http, "POST", "/api/v1/stores", shop.replace("clientSecret", "clientSecrt") + CLIENT_SECRET + "\"}");
        return expect(201, http, "POST", "/api/v1/stores", shop + CLIENT_SECRET + "\"}").json().path("id").asText();
    }

    private String connectChannel(JsonClient http, String store, String token) throws Exception {
        expect(422, http, "POST", "/api/v1/channels", ServiceApi.channel(store, WRONG_CLOVER_TOKEN));
        expect(422, http, "POST", "/api/v1/channels", ServiceApi.channel(store, token).replace("\"token\"", "\"tokens\""));
        expect(400, http, "POST", "/api/v1/channels", ServiceApi.channel(store, token).replace("}", ",}"));
        return expect(201, http, "POST", "/api/v1/channels", ServiceApi.channel(store, token)).json().path("id").asText();
    }

    private JsonClient.Answer expect(int status, JsonClient http, String method, String path, String body) throws Exception {
        JsonClient.Answer answer = http.send(method, path, body);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.body()).isEqualTo(status);
        answers.add(answer.body());
        return answer;
    }

    private static List<byte[]> credentials(String jdbc) throws SQLException {
        List<byte[]> all = new ArrayList<>();
        try (Connection connection = connect(jdbc);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select ciphertext from credential")) {
            while (rows.next()) {
                all.add(rows.getBytes(1));
            }
        }
        return all;
    }

    /** Looks through every column of every table; bytes are shown by PostgreSQL as hexadecimal digits. */
    private void assertThatTheDatabaseHoldsNone(String jdbc) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(jdbc); Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement
                    .executeQuery("select quote_ident(tablename) from pg_tables where schemaname = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet texts = statement.executeQuery("select t::text from " + table + " t")) {
                    while (texts.next()) {
                        rows.add(texts.getString(1));
                    }
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(100);
        for (String secret : secrets) {
            String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(rows).as("the database").noneMatch(row -> row.contains(secret) || row.contains(hex));
        }
    }

    private static Connection connect(String jdbc) throws SQLException {
        return DriverManager.getConnection(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
    }

    private static void assertThatEachLineIsJson(String log) {
        // What begins with WARNING is the JVM's own, before any logging.
        List<String> lines = log.lines().filter(line -> !line.startsWith("WARNING: ")).toList();
        assertThat(lines).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(JsonClient.read(line).path("level").asText())
                .as(line).isIn("ERROR", "WARN", "INFO", "DEBUG"));
    }
}
