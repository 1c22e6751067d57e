package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tillbridge.channel.ConnectorException;

class OrderRefusalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "order.metafields.0.value | TAKEN   | Value has already been taken.                       | duplicate-identity",
            "order.metafields.0.value | INVALID | Value must be unique                                | duplicate-identity",
            "order.metafields.0.value | -       | Value is in use for another order                   | duplicate-identity",
            "order                    | INVALID | Metafields value has already been taken             | duplicate-identity",
            "-                        | -       | Metafield value has already been taken              | duplicate-identity",
            "order.metafields.0.type  | INVALID | Type 'id' needs a metafield definition              | definition-missing",
            "order.metafields.0.value | INVALID | Value has a maximum length of 10.                   | invalid",
            "order.name               | INVALID | Name has already been taken                         | invalid",
            "order.email              | INVALID | Email is invalid                                    | customer-refused",
            "order.phone              | -       | Phone is invalid                                    | customer-refused",
            "order.customer.toUpsert  | -       | nothing                                             | customer-refused",
            "order                    | REDUNDANT_CUSTOMER_FIELDS | Customer given twice              | customer-refused",
            "-                        | -       | Phone is invalid                                    | customer-refused",
            "order.processedAt        | PROCESSED_AT_INVALID | In the future                          | processed-at-invalid",
            "-                        | -       | Something else                                      | refused"})
    void aRefusalIsNamedByWhatTheCallerCanDoAboutIt(String field, String code, String message, String expected) {
        assertThat(judge(true, error(field, code, message))).isInstanceOf(ConnectorException.Rejected.class)
                .extracting(ConnectorException::code).isEqualTo(expected);
    }

    @Test
    void withoutACustomerInTheOrderNoneCanBeRefused() {
        assertThat(judge(false, error("order.email", "INVALID", "Email is invalid")).code()).isEqualTo("invalid");
    }

    @Test
    void aDuplicateIsSaidFirstAndTheCustomerLast() {
        var customer = error("order.email", "INVALID", "Email is invalid");
        var line = error("order.lineItems.0.quantity", "INVALID", "Quantity is too big");
        var duplicate = error("order.metafields.0.value", "INVALID", "Value has already been taken");

        assertThat(judge(true, customer, line)).hasMessageContaining("line item 1, quantity")
                .extracting(ConnectorException::code).isEqualTo("invalid");
        assertThat(judge(true, customer, line, duplicate).code()).isEqualTo("duplicate-identity");
        assertThat(judge(true, customer, error("order.phone", null, "Phone is invalid")).code())
                .isEqualTo("customer-refused");
    }

    @Test
    void theLimitOfNewOrdersIsNoRefusal() {
        assertThat(judge(false, error(null, null, "Exceeded order API rate limit. Please try again in a minute.")))
                .isInstanceOf(ConnectorException.Throttled.class);
    }

    @Test
    void nothingRefusedIsNull() {
        assertThat(OrderRefusals.judge(List.of(), true)).isNull();
        assertThat(OrderRefusals.judge(null, true)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "order.lineItems.2.taxLines.0.rate | line item 3, tax line 1, rate",
            "order.processedAt                 | processed at",
            "order.metafields.0.value          | metafield 1, value",
            "order                             | ''",
            "0.order.99999999999               | 0, order, 99999999999"})
    void aPlaceIsSaidInPlainWords(String field, String words) {
        assertThat(OrderRefusals.place(Arrays.asList(field.split("\\.")))).isEqualTo(words);
    }

    private static ConnectorException judge(boolean named, Wire.UserError... errors) {
        return OrderRefusals.judge(List.of(errors), named);
    }

    private static Wire.UserError error(String field, String code, String message) {
        return new Wire.UserError(field == null ? null : Arrays.asList(field.split("\\.")), message, code);
    }
}
