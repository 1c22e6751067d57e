package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverConnectorTest {

    private static final String MERCHANT = SandboxResource.MERCHANT;
    private static final TillConnection TILL = till("us", SandboxResource.CLOVER_TOKEN);

    @Inject
    CloverConnector clover;

    /** Short pauses, and more requests per second than Clover grants: these tests are not about that. */
    public static class Quick implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tillbridge.clover.retry.first-pause", "10ms", "tillbridge.clover.retry.longest-pause", "50ms",
                    "tillbridge.clover.breaker.pause", "300ms", "tillbridge.clover.timeout.call", "1s",
                    "tillbridge.clover.rate.per-second", "500");
        }
    }

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
    }

    static TillConnection till(String region, String token) {
        return new TillConnection(region, MERCHANT, Secret.of(token));
    }

    static <T> T await(Uni<T> uni) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> uni.ifNoItem().after(Duration.ofSeconds(30)).fail());
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> awaitAll(Multi<T> multi) {
        return await(multi.collect().asList());
    }

    private static void seed(int variants, String more) {
        ControlApi.post("/seed", "{\"sides\":[\"clover\"],\"variants\":" + variants + more + "}");
    }

    private String anItem() {
        return awaitAll(clover.items(TILL, null, Pace.FULL)).get(0).items().get(0).id();
    }

    private static Set<String> ids(List<ItemPage> pages) {
        Set<String> ids = new HashSet<>();
        pages.forEach(page -> page.items().forEach(item -> assertThat(ids.add(item.id())).as(item.id()).isTrue()));
        return ids;
    }

    @Test
    void everyItemIsReadOnceInPagesWithTheTimesOfItsReading() {
        seed(2500, ",\"perUnit\":50,\"quantityAbsent\":100,\"missingIdentifiers\":20");

        List<ItemPage> pages = awaitAll(clover.items(TILL, null, Pace.FULL));

        assertThat(pages).hasSize(3).allSatisfy(page -> {
            assertThat(page.asOf()).isNotNull();
            assertThat(page.vendorTime()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        });
        assertThat(ids(pages)).hasSize(2500);
        List<Item> items = pages.stream().flatMap(page -> page.items().stream()).toList();
        assertThat(items).filteredOn(item -> item.quantity() == null).hasSize(100);
        assertThat(items).filteredOn(item -> item.priceType() == PriceType.PER_UNIT).hasSize(50);
        assertThat(items).noneMatch(item -> "".equals(item.sku()) || "".equals(item.code()));
    }

    @Test
    void aTillWithoutItemsAnswersOneEmptyPage() {
        assertThat(awaitAll(clover.items(TILL, null, Pace.FULL))).singleElement()
                .satisfies(page -> assertThat(page.items()).isEmpty());
    }

    @Test
    void aPageIsAskedForOnlyWhenTheOneBeforeWasTaken() {
        seed(5000, "");

        assertThat(awaitAll(clover.items(TILL, null, Pace.FULL).select().first(2))).hasSize(2);

        assertThat(ControlApi.calls("items.list")).isEqualTo(2);
    }

    @Test
    void itemsOfOneTimestampThatFillPagesAreAllRead() {
        seed(2500, "");
        Set<String> all = ids(awaitAll(clover.items(TILL, null, Pace.FULL)));

        assertThat(ids(awaitAll(clover.items(TILL, Instant.EPOCH, Pace.FULL)))).isEqualTo(all);
        assertThat(ids(awaitAll(clover.items(TILL, Instant.now().plusSeconds(3600), Pace.FULL)))).isEmpty();
    }

    @Test
    void stockIsReadInChunksAndSinglyAndWrittenAbsolutely() {
        seed(100, ",\"quantityAbsent\":100");
        List<String> ids = List.copyOf(ids(awaitAll(clover.items(TILL, null, Pace.FULL))));

        assertThat(await(clover.readStock(TILL, ids))).hasSize(100).allMatch(reading -> reading.quantity() == null);
        assertThat(await(clover.writeStock(TILL, ids.get(0), new BigDecimal("1000"))).quantity()).isEqualByComparingTo("1000");
        assertThat(await(clover.writeStock(TILL, ids.get(1), new BigDecimal("-2.5"))).quantity()).isEqualByComparingTo("-2.5");
        assertThat(await(clover.readStock(TILL, ids.get(0))).quantity()).isEqualByComparingTo("1000");
        assertThat(await(clover.readStock(TILL, List.of(ids.get(1), "ZZZZZZZZZZZZZ")))).singleElement()
                .satisfies(reading -> assertThat(reading.quantity()).isEqualByComparingTo("-2.5"));
        assertThat(await(clover.readStock(TILL, List.of()))).isEmpty();
    }

    @Test
    void readingsCarryTheDatabasesTimeBeforeTheyWereAsked() {
        seed(1, "");
        String id = anItem();

        StockReading first = await(clover.readStock(TILL, id));
        StockReading second = await(clover.readStock(TILL, id));

        assertThat(first.asOf()).isBefore(second.asOf());
    }

    @Test
    void anUnknownItemIsRejectedInCloversWords() {
        assertThatThrownBy(() -> await(clover.writeStock(TILL, "ZZZZZZZZZZZZZ", BigDecimal.ONE)))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class, failure -> {
                    assertThat(failure.status()).isEqualTo(404);
                    assertThat(failure.code()).isEqualTo("not-found");
                }).hasMessageContaining("invalid ID");
        assertThat(ControlApi.calls("item_stocks.post")).isEqualTo(1);
    }

    @Test
    void aWrongTokenIsUnauthorizedAndNeverShown() {
        assertThatThrownBy(() -> awaitAll(clover.items(till("us", "secret-of-a-merchant"), null, Pace.FULL)))
                .isInstanceOf(ConnectorException.Unauthorized.class).hasMessageContaining(MERCHANT)
                .hasMessageNotContaining("secret-of-a-merchant");
        assertThat(ControlApi.calls("items.list")).as("401 is not tried again").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "TOO_MANY_REQUESTS", "SERVER_ERROR_BEFORE", "SERVER_ERROR_AFTER", "RESET_BEFORE", "RESET_AFTER",
            "TRUNCATED_JSON", "MALFORMED_JSON", "HTML"})
    void readsGetOverWhatPassesByItself(String kind) {
        seed(10, "");
        ControlApi.fault("items.list", kind, 2);

        assertThat(ids(awaitAll(clover.items(TILL, null, Pace.FULL)))).hasSize(10);
        assertThat(ControlApi.calls("items.list")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "SERVER_ERROR_BEFORE", "SERVER_ERROR_AFTER", "RESET_BEFORE", "RESET_AFTER", "TRUNCATED_JSON",
            "MALFORMED_JSON", "HTML"})
    void aWriteThatFailedIsSentOnceAndItsOutcomeIsUnknown(String kind) {
        seed(1, "");
        String id = anItem();
        ControlApi.fault("item_stocks.post", kind, 1);

        assertThatThrownBy(() -> await(clover.writeStock(TILL, id, BigDecimal.TEN)))
                .isInstanceOfSatisfying(ConnectorException.Transient.class,
                        failure -> assertThat(failure.outcomeUnknown()).isTrue());
        assertThat(ControlApi.calls("item_stocks.post")).isEqualTo(1);
    }

    @Test
    void aWriteRefusedWith429WasNotDoneAndIsSentAgain() {
        seed(1, "");
        String id = anItem();
        ControlApi.fault("item_stocks.post", "TOO_MANY_REQUESTS", 1);

        assertThat(await(clover.writeStock(TILL, id, BigDecimal.TEN)).quantity()).isEqualByComparingTo("10");
        assertThat(ControlApi.calls("item_stocks.post")).isEqualTo(2);
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeout() {
        seed(1, "");
        String id = anItem();
        ControlApi.post("/faults",
                "{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"LATENCY\",\"latencyMs\":3000}");

        assertThatThrownBy(() -> await(clover.writeStock(TILL, id, BigDecimal.TEN)))
                .isInstanceOfSatisfying(ConnectorException.Transient.class, failure -> {
                    assertThat(failure.code()).isEqualTo("timeout");
                    assertThat(failure.outcomeUnknown()).isTrue();
                });
    }

    @Test
    void aTillThatKeepsFailingIsLeftAloneForAWhile() throws InterruptedException {
        ControlApi.fault("items.list", "SERVER_ERROR_BEFORE", 1000);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> awaitAll(clover.items(TILL, null, Pace.FULL)))
                    .isInstanceOfSatisfying(ConnectorException.class, failure -> codes.add(failure.code()));
        }
        assertThat(codes).contains("server-error").endsWith("circuit-open");

        ControlApi.delete("/faults");
        Thread.sleep(400);

        assertThat(awaitAll(clover.items(TILL, null, Pace.FULL))).hasSize(1);
    }

    @Test
    void aSubscriberIsCalledBackOnItsOwnContext() {
        Boolean same = await(Uni.createFrom().item(CloverConnectorTest::context)
                .chain(context -> clover.merchant(TILL).map(ignored -> context == context())));

        assertThat(same).isTrue();
    }

    private static Object context() {
        return io.vertx.core.Vertx.currentContext();
    }
}
