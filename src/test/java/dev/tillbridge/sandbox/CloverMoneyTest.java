package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.TestSandbox.Answer;

class CloverMoneyTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final String TWO = "\"lines\":[{\"sku\":\"MUG\",\"units\":2}]";
    private String item;

    @BeforeEach
    void makeAnItem() {
        SANDBOX.sandbox().reset();
        item = SANDBOX.clover("POST", "/items", "{\"name\":\"Mug\",\"price\":900,\"sku\":\"MUG\"}").json().path("id").asText();
        SANDBOX.clover("POST", "/item_stocks/" + item, "{\"quantity\":10}");
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @ParameterizedTest
    @CsvSource({ "paid, 10, 8", "opened, 8, 8", "never, 10, 10"})
    void aSaleLowersStockWhenTheSwitchSaysSo(String when, int opened, int paid) {
        behave("saleDecrements", when);

        String order = sale("{\"paid\":false," + TWO + "}").path("orderId").asText();
        assertThat(stock()).isEqualTo(opened);
        control("/clover/payments", "{\"orderId\":\"" + order + "\"}");
        assertThat(stock()).isEqualTo(paid);
        assertThat(order(order).path("paymentState").asText()).isEqualTo("PAID");
        assertThat(order(order).path("state").asText()).isEqualTo("locked");
    }

    @ParameterizedTest
    @ValueSource(strings = { "trackStock", "updateStock"})
    void noSaleLowersStockWhereTheMerchantDoesNotKeepIt(String property) {
        SANDBOX.control("POST", "/clover/merchants", "{\"id\":\"3D19QN31ANYR5\",\"" + property + "\":false}");

        sale("{" + TWO + "}");

        assertThat(stock()).isEqualTo(10);
    }

    @Test
    void anItemWithoutAQuantityIsLeftAloneAndAMeasuredOneLosesItsAmount() {
        SANDBOX.clover("DELETE", "/item_stocks/" + item, null);
        String cheese = SANDBOX.clover("POST", "/items",
                "{\"name\":\"Cheese\",\"price\":1999,\"sku\":\"CHEESE\",\"priceType\":\"PER_UNIT\"}").json().path("id")
                .asText();
        SANDBOX.clover("POST", "/item_stocks/" + cheese, "{\"quantity\":3}");

        sale("{\"lines\":[{\"sku\":\"MUG\"},{\"sku\":\"CHEESE\",\"units\":0.25}]}");

        assertThat(SANDBOX.clover("GET", "/item_stocks/" + item, null).json().has("quantity")).isFalse();
        assertThat(SANDBOX.clover("GET", "/item_stocks/" + cheese, null).json().path("quantity").decimalValue())
                .isEqualByComparingTo("2.75");
    }

    @ParameterizedTest
    @CsvSource({ "no, 10", "yes, 9"})
    void anOrderOfTheApiLowersStockOnlyIfTheSwitchSaysSo(String position, int left) {
        behave("apiOrdersDecrement", position);
        behave("saleDecrements", "opened");
        String order = SANDBOX.clover("POST", "/orders", "{\"state\":\"open\",\"total\":900}").json().path("id").asText();

        SANDBOX.clover("POST", "/orders/" + order + "/line_items", "{\"item\":{\"id\":\"" + item + "\"}}");

        assertThat(stock()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({ "no, 8, 8", "yes, 9, 10"})
    void refundedLinesGoBackIntoStockOnlyIfTheSwitchSaysSo(String position, int afterOne, int afterAll) {
        behave("refundsRestock", position);
        JsonNode sale = sale("{" + TWO + "}");
        String order = sale.path("orderId").asText();

        JsonNode one = control("/clover/refunds",
                "{\"orderId\":\"" + order + "\",\"lineIds\":[\"" + sale.at("/lineIds/0").asText() + "\"]}");
        assertThat(one.path("amount").asInt()).isEqualTo(900);
        assertThat(stock()).isEqualTo(afterOne);
        assertThat(order(order).path("paymentState").asText()).isEqualTo("PARTIALLY_REFUNDED");
        control("/clover/refunds", "{\"orderId\":\"" + order + "\"}");
        SANDBOX.clover("POST", "/orders/" + order, "{\"note\":\"a write takes nothing again\"}");

        assertThat(stock()).isEqualTo(afterAll);
        assertThat(order(order).path("paymentState").asText()).isEqualTo("REFUNDED");
        JsonNode refund = SANDBOX.clover("GET", "/refunds?limit=1", null).json().at("/elements/0");
        assertThat(refund.at("/orderRef/id").asText()).isEqualTo(order);
        assertThat(refund.at("/lineItems/elements/0/id").asText()).isEqualTo(sale.at("/lineIds/1").asText());
        assertThat(SANDBOX.clover("GET", "/orders/" + order + "/line_items", null).json().path("elements"))
                .allSatisfy(line -> assertThat(line.path("refunded").asBoolean()).isTrue());
    }

    @Test
    void aRefundByAmountMayHoldATipAndNeverExceedsWhatWasPaid() {
        String order = sale(
                "{" + TWO + ",\"payments\":[{\"amount\":800},{\"amount\":1000,\"tip\":100,\"tender\":\"credit_card\"}]}")
                .path("orderId").asText();

        JsonNode refunds = control("/clover/refunds", "{\"orderId\":\"" + order + "\",\"amount\":1200,\"tip\":50}");

        assertThat(refunds.path("refundIds")).as("one for each payment").hasSize(2);
        assertThat(refunds.path("amount").asInt()).isEqualTo(1_250);
        assertThat(SANDBOX.clover("GET", "/orders/" + order + "/refunds", null).json().at("/elements/0/tipAmount").asInt())
                .isEqualTo(50);
        assertThat(SANDBOX.control("POST", "/clover/refunds", "{\"orderId\":\"" + order + "\",\"amount\":601}").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({ "no, false", "yes, true"})
    void aRefundTouchesItsOrderOnlyIfTheSwitchSaysSo(String position, boolean touched) throws InterruptedException {
        behave("refundTouchesOrder", position);
        String order = sale("{" + TWO + "}").path("orderId").asText();
        long before = order(order).path("modifiedTime").asLong();
        Thread.sleep(1_100);

        control("/clover/refunds", "{\"orderId\":\"" + order + "\",\"amount\":100}");

        assertThat(order(order).path("modifiedTime").asLong() > before).isEqualTo(touched);
    }

    @ParameterizedTest
    @CsvSource({ "no, false", "yes, true"})
    void aLateTipTouchesItsPaymentAndItsOrderOnlyIfTheSwitchSaysSo(String position, boolean touched)
            throws InterruptedException {
        behave("tipTouchesOrder", position);
        JsonNode sale = sale("{" + TWO + ",\"tender\":\"credit_card\"}");
        String order = sale.path("orderId").asText();
        long before = order(order).path("modifiedTime").asLong();
        Thread.sleep(1_100);

        control("/clover/payments", "{\"paymentId\":\"" + sale.at("/paymentIds/0").asText() + "\",\"tip\":150}");

        JsonNode payment = SANDBOX.clover("GET", "/payments/" + sale.at("/paymentIds/0").asText(), null).json();
        assertThat(payment.path("tipAmount").asInt()).isEqualTo(150);
        assertThat(payment.path("modifiedTime").asLong()).isGreaterThan(before);
        assertThat(order(order).path("modifiedTime").asLong() > before).isEqualTo(touched);
        assertThat(order(order).path("total").asInt()).isEqualTo(1_800);
    }

    @Test
    void partsAndFailedPaymentsDoNotPayAnOrder() {
        String order = sale("{" + TWO + ",\"payments\":[{\"amount\":1800,\"result\":\"FAIL\"}]}").path("orderId").asText();
        assertThat(order(order).path("paymentState").asText()).isEqualTo("OPEN");

        control("/clover/payments", "{\"orderId\":\"" + order + "\",\"amount\":800}");
        assertThat(order(order).path("paymentState").asText()).isEqualTo("PARTIALLY_PAID");
        assertThat(stock()).isEqualTo(10);
        assertThat(control("/clover/payments", "{\"orderId\":\"" + order + "\"}").path("amount").asInt()).isEqualTo(1_000);
        assertThat(order(order).path("paymentState").asText()).isEqualTo("PAID");
        assertThat(stock()).isEqualTo(8);
    }

    @Test
    void aCreditNamesAnOrderOnlyWhereItIsTiedToOne() {
        String order = sale("{" + TWO + "}").path("orderId").asText();

        control("/clover/credits", "{\"amount\":100}");
        assertThat(SANDBOX.clover("GET", "/credits", null).json().at("/elements/0").has("orderRef")).isFalse();
        control("/clover/credits", "{\"orderId\":\"" + order + "\",\"amount\":250}");

        JsonNode credit = SANDBOX.clover("GET", "/orders/" + order + "/credits", null).json().at("/elements/0");
        assertThat(credit.path("amount").asInt()).isEqualTo(250);
        assertThat(credit.at("/orderRef/id").asText()).isEqualTo(order);
        assertThat(order(order).path("paymentState").asText()).isEqualTo("CREDITED");
    }

    @ParameterizedTest
    @CsvSource({ "no, 8", "yes, 10"})
    void aVoidOpensTheOrderAgainAndRestocksOnlyIfTheSwitchSaysSo(String position, int left) {
        behave("refundsRestock", position);
        JsonNode sale = sale("{" + TWO + "}");
        String order = sale.path("orderId").asText();

        control("/clover/voids", "{\"orderId\":\"" + order + "\"}");

        assertThat(SANDBOX.clover("GET", "/payments/" + sale.at("/paymentIds/0").asText(), null).json().path("result").asText())
                .isEqualTo("VOIDED");
        assertThat(order(order).path("state").asText()).isEqualTo("open");
        assertThat(order(order).path("paymentState").asText()).isEqualTo("OPEN");
        assertThat(stock()).isEqualTo(left);
        control("/clover/payments", "{\"orderId\":\"" + order + "\"}");
        assertThat(stock()).as("sold after all, and once").isEqualTo(8);
    }

    @Test
    void aVoidMayDeleteTheOrder() {
        String order = sale("{" + TWO + "}").path("orderId").asText();

        control("/clover/voids", "{\"orderId\":\"" + order + "\",\"delete\":true}");

        assertThat(SANDBOX.clover("GET", "/orders/" + order, null).status()).isEqualTo(404);
        assertThat(SANDBOX.control("GET", "/state", null).json().at("/cloverOrders/0/deleted").asBoolean()).isTrue();
    }

    @Test
    void linesMayBeAddedToAnOpenOrder() {
        String order = sale("{\"paid\":false," + TWO + "}").path("orderId").asText();

        JsonNode changed = control("/clover/orders", "{\"orderId\":\"" + order + "\",\"addLines\":[{\"sku\":\"MUG\"}]}");

        assertThat(changed.path("total").asInt()).isEqualTo(2_700);
        assertThat(SANDBOX.clover("GET", "/orders/" + order + "/line_items", null).json().path("elements")).hasSize(3);
    }

    @Test
    void theStateShowsGoodsAndMoneyOfEachOrder() {
        String order = sale("{" + TWO + ",\"tip\":30,\"test\":true}").path("orderId").asText();
        control("/clover/refunds", "{\"orderId\":\"" + order + "\",\"amount\":200}");

        JsonNode state = SANDBOX.control("GET", "/state", null).json().at("/cloverOrders/0");

        assertThat(state.path("id").asText()).isEqualTo(order);
        assertThat(state.path("total").asInt()).isEqualTo(1_800);
        assertThat(state.path("paid").asInt()).isEqualTo(1_800);
        assertThat(state.path("tips").asInt()).isEqualTo(30);
        assertThat(state.path("refunded").asInt()).isEqualTo(200);
        assertThat(state.path("test").asBoolean()).isTrue();
        assertThat(state.path("lines")).hasSize(1);
        assertThat(state.at("/lines/0/sku").asText()).isEqualTo("MUG");
        assertThat(state.at("/lines/0/units").asInt()).isEqualTo(2);
    }

    private static void behave(String key, String position) {
        SANDBOX.control("PUT", "/behaviour", "{\"" + key + "\":\"" + position + "\"}");
    }

    private static JsonNode sale(String body) {
        return control("/clover/sales", body);
    }

    private static JsonNode control(String path, String body) {
        Answer answer = SANDBOX.control("POST", path, body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode order(String id) {
        return SANDBOX.clover("GET", "/orders/" + id, null).json();
    }

    private int stock() {
        return SANDBOX.clover("GET", "/item_stocks/" + item, null).json().path("quantity").asInt();
    }
}
