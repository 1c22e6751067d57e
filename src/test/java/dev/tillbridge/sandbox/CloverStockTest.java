package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class CloverStockTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private String item;

    @BeforeEach
    void makeAnItem() {
        SANDBOX.sandbox().reset();
        item = SANDBOX.clover("POST", "/items", "{\"name\":\"Mug\",\"price\":900,\"sku\":\"MUG\",\"stockCount\":5}").json()
                .path("id").asText();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void aQuantityIsAbsentUntilItIsFirstSet() {
        JsonNode never = SANDBOX.clover("GET", "/item_stocks/" + item, null).json();

        assertThat(never.toString()).isEqualTo("{\"item\":{\"id\":\"" + item + "\"}}");
        assertThat(SANDBOX.newestItem().path("itemStock").has("quantity")).isFalse();
    }

    @Test
    void aWriteIsAbsoluteKeepsDecimalsAndRoundsOnlyTheDeprecatedCount() {
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":7}");
        JsonNode set = SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":160.5}").json();

        assertThat(set.path("quantity").decimalValue()).isEqualByComparingTo("160.5");
        assertThat(set.path("stockCount").asInt()).isEqualTo(161);
        assertThat(SANDBOX.newestItem().at("/itemStock/quantity").decimalValue()).isEqualByComparingTo("160.5");
        assertThat(SANDBOX.newestItem().path("stockCount").asInt()).as("deprecated on the item").isZero();
    }

    @Test
    void aQuantityMayBeNegativeAndMayBeUnset() {
        SANDBOX.clover("PUT", "/item_stocks/" + item, "{\"quantity\":-3}");
        assertThat(SANDBOX.newestItem().at("/itemStock/quantity").asInt()).isEqualTo(-3);

        SANDBOX.clover("DELETE", "/item_stocks/" + item, null);
        assertThat(SANDBOX.newestItem().path("itemStock").has("quantity")).isFalse();
    }

    @Test
    void aStockWriteLeavesTheItemsModifiedTimeAloneUnlessTheSwitchSaysSo() throws InterruptedException {
        long before = SANDBOX.newestItem().path("modifiedTime").asLong();
        Thread.sleep(1_100);

        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":1}");
        assertThat(SANDBOX.newestItem().path("modifiedTime").asLong()).isEqualTo(before);
        assertThat(SANDBOX.newestItem().at("/itemStock/modifiedTime").asLong()).isGreaterThan(before);

        SANDBOX.control("PUT", "/behaviour", "{\"stockWriteTouchesItem\":\"yes\"}");
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":2}");
        assertThat(SANDBOX.newestItem().path("modifiedTime").asLong()).isGreaterThan(before);
    }

    @Test
    void autoManageOffersAnItemFromOneOnAndNotAtZero() {
        SANDBOX.clover("POST", "/items/" + item, "{\"autoManage\":true}");

        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":0}");
        assertThat(SANDBOX.newestItem().path("available").asBoolean()).isFalse();
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":1}");
        assertThat(SANDBOX.newestItem().path("available").asBoolean()).isTrue();
    }

    @Test
    void aWriteWithoutANumberOrOnAnUnknownItemIsRefused() {
        assertThat(SANDBOX.clover("POST", "/item_stocks/" + item, "{\"stockCount\":4}").status()).isEqualTo(400);
        assertThat(SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":").status()).isEqualTo(400);
        assertThat(SANDBOX.clover("POST", "/item_stocks/0000000000000", "{\"quantity\":4}").status()).isEqualTo(404);
    }

    @Test
    void theControlApiRecountsTheTill() {
        SANDBOX.control("POST", "/clover/stock", "{\"sku\":\"MUG\",\"quantity\":12}");

        assertThat(SANDBOX.newestItem().at("/itemStock/quantity").asInt()).isEqualTo(12);
        assertThat(SANDBOX.control("POST", "/clover/stock", "{\"sku\":\"NONE\",\"quantity\":12}").status()).isEqualTo(404);
    }
}
