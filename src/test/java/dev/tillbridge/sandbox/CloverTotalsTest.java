package dev.tillbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class CloverTotalsTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final String TAX = "\"taxRates\":[{\"name\":\"Tax\",\"rate\":635000}]";

    @BeforeEach
    void reset() {
        SANDBOX.sandbox().reset();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void taxIsTakenOfPriceAndModifications() {
        assertThat(total(
                "{\"lines\":[{\"name\":\"A\",\"price\":995," + TAX + ",\"modifications\":[{\"name\":\"M\",\"amount\":150}]},"
                        + "{\"name\":\"B\",\"price\":495," + TAX + "},{\"name\":\"C\",\"price\":275," + TAX + "}]}"))
                .as("(995+150+495+275) x 1.0635, a public sample (facts, section 8)").isEqualTo(2_037);
    }

    @Test
    void lineDiscountsAreSummedOfEitherSignAndNeverBelowZero() {
        assertThat(total("{\"lines\":[{\"name\":\"A\",\"price\":1000,\"discounts\":[{\"percentage\":10},{\"percentage\":5},"
                + "{\"amount\":-100},{\"amount\":50}]}]}")).isEqualTo(700);
        assertThat(total("{\"lines\":[{\"name\":\"A\",\"price\":100,\"discounts\":[{\"amount\":-150}]},"
                + "{\"name\":\"B\",\"price\":30}]}")).isEqualTo(30);
    }

    @Test
    void orderDiscountsLowerTheTaxInProportion() {
        assertThat(total("{\"lines\":[{\"name\":\"A\",\"price\":1000,\"taxRates\":[{\"name\":\"T\",\"rate\":1000000}]},"
                + "{\"name\":\"B\",\"price\":1000}],\"discounts\":[{\"percentage\":10},{\"amount\":-200}]}"))
                .as("2000 less 200 and 200 is 1600, of which 800 are taxed with 10 %").isEqualTo(1_680);
    }

    @Test
    void aFlatTaxIsDueOncePerLineAndRemovedTaxesAreNot() {
        String lines = "\"lines\":[{\"name\":\"Bag\",\"price\":100,\"units\":3,\"taxRates\":[{\"name\":\"Bag fee\",\"flat\":10}]}]";

        assertThat(total("{" + lines + "}")).isEqualTo(330);
        assertThat(total("{" + lines + ",\"taxRemoved\":true}")).isEqualTo(300);
    }

    @Test
    void theServiceChargeIsTakenAfterOrBeforeDiscountsAndNotTaxed() {
        String sale = "{\"lines\":[{\"name\":\"A\",\"price\":1000}],\"discounts\":[{\"amount\":-500}],"
                + "\"serviceCharge\":{\"name\":\"S\",\"percentageDecimal\":180000}}";

        assertThat(total(sale)).isEqualTo(590);
        SANDBOX.control("PUT", "/behaviour", "{\"serviceChargeBase\":\"beforeDiscounts\"}");
        assertThat(total(sale)).isEqualTo(680);
    }

    @Test
    void taxIsRoundedPerRateOrPerLine() {
        String sale = "{\"lines\":[{\"name\":\"A\",\"price\":10,\"units\":3,\"taxRates\":[{\"name\":\"T\",\"rate\":500000}]}]}";

        assertThat(total(sale)).as("1.5 rounded half up").isEqualTo(32);
        SANDBOX.control("PUT", "/behaviour", "{\"taxRounding\":\"perLine\"}");
        assertThat(total(sale)).as("three times 0.5 rounded half up").isEqualTo(33);
    }

    @Test
    void underVatThePricesHoldTheTax() {
        SANDBOX.control("POST", "/clover/merchants", "{\"id\":\"3D19QN31ANYR5\",\"vat\":true}");
        JsonNode sale = SANDBOX.control("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"A\",\"price\":1190,\"taxRates\":[{\"name\":\"VAT\",\"rate\":1900000}]}]}").json();

        assertThat(sale.path("total").asInt()).isEqualTo(1_190);
        JsonNode order = SANDBOX.clover("GET", "/orders/" + sale.path("orderId").asText() + "?expand=payments", null).json();
        assertThat(order.path("isVat").asBoolean()).isTrue();
        assertThat(order.at("/payments/elements/0/taxAmount").asInt()).isEqualTo(190);
    }

    @Test
    void exchangedLinesDoNotCountRefundedOnesDo() {
        assertThat(total("{\"lines\":[{\"name\":\"A\",\"price\":100},{\"name\":\"B\",\"price\":10,\"exchanged\":true},"
                + "{\"name\":\"C\",\"price\":1,\"refunded\":true}]}")).isEqualTo(101);
    }

    @Test
    void aPerUnitItemCostsPriceTimesAmount() {
        SANDBOX.clover("POST", "/items",
                "{\"name\":\"Cheese\",\"price\":1999,\"sku\":\"CHEESE\",\"priceType\":\"PER_UNIT\",\"unitName\":\"kg\"}");

        JsonNode sale = SANDBOX.control("POST", "/clover/sales", "{\"lines\":[{\"sku\":\"CHEESE\",\"units\":0.25}]}").json();

        assertThat(sale.path("total").asInt()).isEqualTo(500);
        assertThat(sale.path("lineIds")).hasSize(1);
        assertThat(SANDBOX.clover("GET", "/orders/" + sale.path("orderId").asText() + "/line_items", null).json()
                .at("/elements/0/unitQty").asInt()).isEqualTo(250);
    }

    @Test
    void cashIsRoundedAndAGivenTotalStands() {
        JsonNode rounded = SANDBOX.control("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"A\",\"price\":441}],\"cashRounding\":5}").json();
        JsonNode order = SANDBOX.clover("GET", "/orders/" + rounded.path("orderId").asText() + "?expand=payments", null).json();

        assertThat(order.path("total").asInt()).isEqualTo(441);
        assertThat(order.at("/payments/elements/0/amount").asInt()).isEqualTo(440);
        assertThat(order.path("paymentState").asText()).isEqualTo("PARTIALLY_PAID");
        assertThat(order.path("state").asText()).isEqualTo("locked");
        assertThat(total("{\"lines\":[{\"name\":\"A\",\"price\":441}],\"total\":440}")).isEqualTo(440);
    }

    @Test
    void anOrderOfNothingIsLockedWithoutAPayment() {
        JsonNode sale = SANDBOX.control("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"A\",\"price\":100,\"discounts\":[{\"percentage\":100}]}]}").json();
        JsonNode order = SANDBOX.clover("GET", "/orders/" + sale.path("orderId").asText(), null).json();

        assertThat(sale.path("paymentIds")).isEmpty();
        assertThat(order.path("total").asInt()).isZero();
        assertThat(order.path("state").asText()).isEqualTo("locked");
        assertThat(order.has("paymentState")).isFalse();
    }

    private static int total(String sale) {
        JsonNode answer = SANDBOX.control("POST", "/clover/sales", sale).json();
        assertThat(answer.has("orderId")).as(answer.toString()).isTrue();
        return answer.path("total").asInt();
    }
}
