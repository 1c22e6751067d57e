package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(CloverConnectorTest.Quick.class)
class CloverPricesTest {

    private static final TillConnection TILL = CloverConnectorTest.till("us", SandboxResource.CLOVER_TOKEN);

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
    }

    @Test
    void asManyPricesAsCloverTakesAreSetInOneCallAndNothingElseOfTheItems() {
        Map<String, Item> before = seeded(2_500);

        List<ItemPrice> held = await(clover.writePrices(TILL, priced(before.values().stream().map(Item::id).toList(), 777)));

        assertThat(held).hasSize(2_500).allMatch(price -> price.price() == 777);
        assertThat(ControlApi.calls("bulk_items.put")).isEqualTo(1);
        Map<String, Item> after = items();
        assertThat(after).hasSize(2_500).allSatisfy((id, item) -> {
            Item was = before.get(id);
            assertThat(item.price()).isEqualTo(777);
            assertThat(List.of(item.name(), item.sku(), item.code(), item.priceType(), item.hidden(), item.quantity()))
                    .isEqualTo(List.of(was.name(), was.sku(), was.code(), was.priceType(), was.hidden(), was.quantity()));
        });
        assertThatThrownBy(
                () -> await(clover.writePrices(TILL, priced(IntStream.range(0, 2_501).mapToObj(i -> "I" + i).toList(), 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "whole", "partial"})
    void oneUnknownItemRefusesTheWholeCall(String refusal) {
        ControlApi.put("/behaviour", "{\"bulkRefusal\":\"" + refusal + "\"}");
        String id = seeded(3).keySet().iterator().next();

        assertThatThrownBy(() -> await(clover.writePrices(TILL, priced(List.of(id, "0000000000000"), 777))))
                .isInstanceOfSatisfying(ConnectorException.Rejected.class, refused -> {
                    assertThat(refused.code()).isEqualTo("not-found");
                    assertThat(refused.status()).isEqualTo(404);
                });

        assertThat(items().get(id).price() == 777).isEqualTo(refusal.equals("partial"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "none", "empty"})
    void anAnswerWithoutItemsIsNoConfirmation(String answer) {
        ControlApi.put("/behaviour", "{\"bulkAnswer\":\"" + answer + "\"}");
        String id = seeded(3).keySet().iterator().next();

        assertThat(await(clover.writePrices(TILL, priced(List.of(id), 777)))).isEmpty();

        assertThat(await(clover.readItems(TILL, List.of(id))).items()).singleElement()
                .satisfies(item -> assertThat(item.price()).isEqualTo(777));
    }

    @ParameterizedTest
    @ValueSource(strings = { "RESET_AFTER", "SERVER_ERROR_AFTER", "TRUNCATED_JSON", "MALFORMED_JSON"})
    void aLostAnswerLeavesTheOutcomeUnknownAndTheCallIsNotSentAgain(String fault) {
        String id = seeded(3).keySet().iterator().next();
        ControlApi.fault("bulk_items.put", fault, 1);

        assertThatThrownBy(() -> await(clover.writePrices(TILL, priced(List.of(id), 777))))
                .isInstanceOfSatisfying(ConnectorException.class, failure -> assertThat(failure.outcomeUnknown()).isTrue());

        assertThat(ControlApi.calls("bulk_items.put")).isEqualTo(1);
        assertThat(items().get(id).price()).isEqualTo(777);
    }

    @Test
    void itemsAreReadByTheirIdsAndThoseThatAreGoneAreLeftOut() {
        Map<String, Item> all = seeded(150);
        List<String> some = all.keySet().stream().limit(100).toList();
        ControlApi.post("/clover/items", "{\"itemId\":\"" + some.get(0) + "\",\"deleted\":true}");

        var page = await(clover.readItems(TILL, some));

        assertThat(page.items()).hasSize(99).allMatch(item -> some.contains(item.id()) && item.quantity() != null);
        assertThat(page.asOf()).isNotNull();
        assertThat(ControlApi.calls("items.list")).isEqualTo(2);
    }

    private Map<String, Item> seeded(int variants) {
        ControlApi.post("/seed", "{\"sides\":[\"clover\"],\"variants\":" + variants + "}");
        return items();
    }

    private Map<String, Item> items() {
        return await(clover.items(TILL, null, Pace.FULL).collect().asList()).stream().flatMap(page -> page.items().stream())
                .collect(Collectors.toMap(Item::id, item -> item));
    }

    private static List<ItemPrice> priced(List<String> ids, long price) {
        return ids.stream().map(id -> new ItemPrice(id, price)).toList();
    }
}
