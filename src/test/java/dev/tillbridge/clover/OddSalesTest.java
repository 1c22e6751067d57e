package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static dev.tillbridge.clover.CloverConnectorTest.till;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.testing.SandboxResource;

/** Answers that the sandbox does not give, from a server that says what it is told to. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class OddSalesTest {

    private static final String BASE = "/v3/merchants/" + SandboxResource.MERCHANT + "/";
    private static final String EMPTY = "{\"elements\":[]}";
    private static final String ORDER = "\"id\":\"O1\",\"currency\":\"USD\",\"createdTime\":1000,\"modifiedTime\":2000";

    @Inject
    CloverConfig config;

    @Inject
    CloverMetrics metrics;

    @Inject
    ObjectMapper json;

    @Inject
    Vertx vertx;

    private final Map<String, List<Answer>> answers = new LinkedHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private CloverTill till;

    private record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        TillConnection connection = till("us", "token");
        Loop loop = Loop.on(((VertxInternal) vertx).getEventLoopGroup().next());
        CloverAnswers judge = new CloverAnswers(json, connection);
        CloverRestClient client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create("http://localhost:" + server.getAddress().getPort()))
                .disableDefaultMapper(true).build(CloverRestClient.class);
        till = new CloverTill(client,
                new CloverCaller(config, loop, new CloverGovernor(config.rate(), CloverTurns.ofToken(loop), metrics),
                        CloverBreaker.of(config.breaker(), "M"), judge, metrics, Traces.none(), refused -> {
                        }),
                judge, connection);
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    /** Several answers come one after the other, the last for ever. */
    private void says(String path, int status, String body) {
        answers.computeIfAbsent(BASE + path, unused -> new ArrayList<>()).add(new Answer(status, body));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path.substring(BASE.length()));
        List<Answer> left = answers.getOrDefault(path, List.of(new Answer(404, "{\"message\":\"Not Found\"}")));
        Answer answer = left.size() > 1 ? left.remove(0) : left.get(0);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private List<SalePage> refunds() {
        return await(
                new SaleLists(till, Uni.createFrom().item(Instant.EPOCH)).refundsCreated(Instant.EPOCH).collect().asList());
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 404, 405})
    void aTillWithoutAListOfCreditsHasNone(int status) {
        says("refunds", 200, "{\"elements\":[{\"id\":\"R1\",\"orderRef\":{\"id\":\"O1\"},\"amount\":5,\"createdTime\":1000}]}");
        says("credits", status, "{\"message\":\"no\"}");

        assertThat(refunds()).singleElement().satisfies(page -> assertThat(page.mentions())
                .extracting(SaleMention::saleId).containsExactly("O1"));
        assertThat(refunds()).hasSize(1);
    }

    @Test
    void creditsThatAreRefusedForAnotherReasonFailTheRead() {
        says("refunds", 200, EMPTY);
        says("credits", 409, "{\"message\":\"no\"}");

        assertThatThrownBy(this::refunds).isInstanceOf(ConnectorException.Rejected.class);
    }

    @Test
    void aListThatWasNotExpandedIsReadByItself() {
        says("orders/O1", 200, "{" + ORDER + ",\"discounts\":{\"href\":\"x\"},\"payments\":{\"href\":\"x\"}}");
        says("orders/O1/line_items", 200, EMPTY);
        says("orders/O1/discounts", 200, "{\"elements\":[{\"id\":\"D1\",\"name\":\"x\",\"amount\":-1}]}");
        says("orders/O1/payments", 200, "{\"elements\":[{\"id\":\"P1\",\"amount\":3,\"result\":\"SUCCESS\"}]}");

        assertThat(await(new SaleReader(till, Lane.SALES).read("O1"))).satisfies(sale -> {
            assertThat(sale.discounts()).hasSize(1);
            assertThat(sale.payments()).hasSize(1);
        });
    }

    @Test
    void anOrderThatVanishesWhileItIsReadIsNotThere() {
        says("orders/O1", 200, "{" + ORDER + "}");
        says("orders/O1", 404, "{\"message\":\"Not Found\",\"details\":\"Order not found\"}");

        assertThat(await(new SaleReader(till, Lane.SALES).read("O1"))).isNull();
        assertThat(asked).containsExactly("orders/O1", "orders/O1/line_items", "orders/O1");
    }

    @Test
    void anOrderThatCannotBeUnderstoodIsUnusable() {
        says("orders/O1", 200, "{\"id\":\"O1\",\"createdTime\":1000,\"modifiedTime\":2000}");
        says("orders/O1/line_items", 200, EMPTY);

        assertThatThrownBy(() -> await(new SaleReader(till, Lane.SALES).read("O1")))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class,
                        failure -> assertThat(failure.code()).isEqualTo("sale-unusable"))
                .hasMessageContaining("O1").hasMessageContaining("currency");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"id\":\"O2\"}", "[]", "null", "{\"id\":7,\"total\":{}}"})
    void whatIsNoAnswerToTheQuestionIsInvalid(String body) {
        says("orders/O1", 200, body);

        assertThatThrownBy(() -> await(new SaleReader(till, Lane.SALES).read("O1")))
                .isInstanceOfSatisfying(ConnectorException.Transient.class,
                        failure -> assertThat(failure.code()).isEqualTo("invalid-answer"));
    }

    @Test
    void aProxysAnswerIsNoProofThatThereIsNoSuchOrder() {
        says("orders/O1", 404, "<html>not here</html>");

        assertThatThrownBy(() -> await(new SaleReader(till, Lane.SALES).read("O1")))
                .isInstanceOf(ConnectorException.Transient.class);
    }
}
