package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tillbridge.sandbox.TestSandbox.Answer;

class CloverRightsTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final String MERCHANT = "/v3/merchants/3D19QN31ANYR5";
    private static final String UNAUTHORIZED = "{\"message\":\"401 Unauthorized\"}";

    @BeforeEach
    void reset() {
        SANDBOX.sandbox().reset();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({ "INVENTORY_R, GET, /items?limit=1", "INVENTORY_W, POST, /items/0000000000000",
            "INVENTORY_W, POST, /item_stocks/0000000000000", "CUSTOMERS_R, GET, /customers",
            "CUSTOMERS_W, POST, /customers/0000000000000", "EMPLOYEES_R, GET, /employees", "MERCHANT_R, GET, ''",
            "MERCHANT_R, GET, /properties", "ORDERS_R, GET, /orders", "ORDERS_W, POST, /orders/0000000000000",
            "PAYMENTS_R, GET, /payments"})
    void eachPermissionIsNeededForItsCallsAndEnoughForThem(String permission, String method, String path) {
        String with = token("[\"" + permission + "\"]");
        String without = token("[]");
        String body = method.equals("POST") ? "{}" : null;

        Answer granted = SANDBOX.clover(with, method, MERCHANT + path, body);
        Answer refused = SANDBOX.clover(without, method, MERCHANT + path, body);

        assertThat(granted.status()).isEqualTo(method.equals("POST") ? 404 : 200);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().toString()).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void badTokenWrongMerchantUnknownMerchantAndWrongRegionLookAlike() {
        SANDBOX.control("POST", "/clover/merchants", "{\"id\":\"7Q3VNSXJ1K2MR\",\"region\":\"eu\"}");
        String european = SANDBOX.control("POST", "/clover/tokens", "{\"merchantId\":\"7Q3VNSXJ1K2MR\"}").json().path("token")
                .asText();

        List<Answer> answers = List.of(SANDBOX.clover("nonsense", "GET", MERCHANT, null),
                SANDBOX.clover(TestSandbox.TOKEN, "GET", "/v3/merchants/7Q3VNSXJ1K2MR", null),
                SANDBOX.clover(TestSandbox.TOKEN, "GET", "/v3/merchants/AAAAAAAAAAAAA", null),
                SANDBOX.clover(european, "GET", "/v3/merchants/7Q3VNSXJ1K2MR", null),
                SANDBOX.clover(TestSandbox.TOKEN, "GET", "/eu" + MERCHANT, null));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().toString()).isEqualTo(UNAUTHORIZED);
        });
        assertThat(SANDBOX.clover(european, "GET", "/eu/v3/merchants/7Q3VNSXJ1K2MR", null).status()).isEqualTo(200);
        assertThat(SANDBOX.clover(TestSandbox.TOKEN, "GET", "/sandbox" + MERCHANT, null).status()).isEqualTo(200);
    }

    @Test
    void aRevokedTokenIsUnauthorizedFromThenOn() {
        String token = token("[\"MERCHANT_R\"]");
        assertThat(SANDBOX.clover(token, "GET", MERCHANT, null).status()).isEqualTo(200);

        SANDBOX.control("DELETE", "/clover/tokens/" + token, null);

        assertThat(SANDBOX.clover(token, "GET", MERCHANT, null).status()).isEqualTo(401);
    }

    @Test
    void withRightsCheckedAfterExistenceAnUnknownIdTellsNothingOfTheRight() {
        SANDBOX.control("PUT", "/behaviour", "{\"rightsChecked\":\"afterExistence\"}");
        String without = token("[]");

        assertThat(SANDBOX.clover(without, "POST", MERCHANT + "/items/0000000000000", "{}").status()).isEqualTo(404);
        assertThat(SANDBOX.clover(without, "GET", MERCHANT + "/items", null).status()).isEqualTo(401);
    }

    @Test
    void aCallWithoutUserAgentIsRefusedUnlessTheSwitchAcceptsIt() throws IOException {
        assertThat(withoutUserAgent()).startsWith("HTTP/1.1 400").contains("User-Agent");

        SANDBOX.control("PUT", "/behaviour", "{\"missingUserAgent\":\"accepted\"}");
        assertThat(withoutUserAgent()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aMethodThatIsNotAllowedIs405AndAnUnknownResource404() {
        assertThat(SANDBOX.clover("PUT", "/customers/0000000000000", "{}").status()).isEqualTo(405);
        assertThat(SANDBOX.clover("GET", "/nonsense", null).status()).isEqualTo(404);
    }

    @Test
    void moreThanSixteenASecondAre429WithTheTokensHeader() {
        SANDBOX.control("POST", "/limits", "{\"clover\":true}");

        long refused = 0;
        for (int i = 0; i < 40; i++) {
            Answer answer = SANDBOX.clover("GET", "/item_stocks?limit=1", null);
            if (answer.status() == 429) {
                refused++;
                assertThat(answer.http().headers().firstValue("X-RateLimit-tokenLimit")).contains("16");
                assertThat(answer.http().headers().firstValue("retry-after")).isEmpty();
            }
        }

        assertThat(refused).isPositive().isEqualTo(SANDBOX.sandbox().requests("clover").tooManyRequests());
    }

    @Test
    void moreThanFiveAtOnceAre429WithRetryAfter() {
        SANDBOX.control("POST", "/limits", "{\"clover\":true,\"latencyMs\":{\"clover\":500}}");

        List<CompletableFuture<java.net.http.HttpResponse<String>>> calls = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> SANDBOX.later("GET", "/item_stocks?limit=1", null)).toList();

        List<java.net.http.HttpResponse<String>> refused = calls.stream().map(CompletableFuture::join)
                .filter(response -> response.statusCode() == 429).toList();
        assertThat(refused).hasSize(3).allSatisfy(response -> {
            assertThat(response.headers().firstValue("X-RateLimit-tokenConcurrentLimit")).contains("5");
            assertThat(Integer.parseInt(response.headers().firstValue("retry-after").orElseThrow())).isPositive();
        });
        assertThat(SANDBOX.sandbox().requests("clover").largestConcurrency()).isBetween(6, 8);
    }

    private static String token(String permissions) {
        return SANDBOX.control("POST", "/clover/tokens", "{\"permissions\":" + permissions + "}").json().path("token").asText();
    }

    private static String withoutUserAgent() throws IOException {
        try (Socket socket = new Socket("localhost", SANDBOX.sandbox().cloverPort())) {
            String request = "GET " + MERCHANT + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestSandbox.TOKEN
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
