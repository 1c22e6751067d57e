package dev.tillbridge.clover;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.tillbridge.clover.CloverWire.Elements;
import dev.tillbridge.clover.CloverWire.Ref;

/**
 * Clover's JSON of orders, as {@link CloverWire} is of the rest. Lists and whole orders share a record; what a list does not
 * show is null. Money is in minor units and taken as it stands, so that {@link OrderFields} finds what is no whole number or
 * too large, instead of the parser cutting it. Times are in epoch milliseconds.
 */
final class OrderWire {

    private OrderWire() {}

    /** {@code state} is null while the order is hidden from lists. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Order(String id, String currency, BigDecimal total, BigDecimal unpaidBalance, @JsonProperty("isVat") Boolean vat,
            Boolean taxRemoved, Boolean testMode, String state, String paymentState, String title, String note,
            OrderType orderType, Employee employee, Ref device, Long createdTime, Long clientCreatedTime, Long modifiedTime,
            Long deletedTimestamp, ServiceCharge serviceCharge, Elements<Discount> discounts, Elements<Payment> payments,
            Elements<Refund> refunds, Elements<Credit> credits, Elements<Ref> customers) implements CloverRow {}

    /** Of an employee never more than this: Clover sends PINs, too. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Employee(String id, String name) implements CloverRow {}

    /** Clover's own types have a {@code labelKey}; a merchant may leave the label away. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OrderType(String id, String label, String labelKey, @JsonProperty("isHidden") Boolean hidden,
            @JsonProperty("isDeleted") Boolean deleted) implements CloverRow {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ServiceCharge(String id, String name, Boolean enabled, BigDecimal percentageDecimal) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Discount(String id, String name, BigDecimal amount, BigDecimal percentage) implements CloverRow {}

    /** {@code price} of one unit, {@code unitQty} in thousandths; {@code refund} is the one that gave it back. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LineItem(String id, Ref item, String name, String alternateName, BigDecimal price, BigDecimal unitQty,
            String unitName, String note, String itemCode, Boolean refunded, Ref refund, Boolean exchanged,
            @JsonProperty("isOrderFee") Boolean orderFee, Long createdTime, Elements<Modification> modifications,
            Elements<Discount> discounts, Elements<TaxRate> taxRates) implements CloverRow {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Modification(String id, String name, BigDecimal amount) {}

    /** {@code taxAmount}: a fixed tax instead of a rate. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TaxRate(String id, String name, BigDecimal rate, BigDecimal taxAmount) {}

    /** {@code amount} without the tip. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Payment(String id, Ref order, Tender tender, BigDecimal amount, BigDecimal tipAmount, BigDecimal taxAmount,
            String result, Long createdTime, Long modifiedTime) implements CloverRow {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Tender(String id, String label, String labelKey) implements CloverRow {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refund(String id, Ref orderRef, Ref payment, BigDecimal amount, BigDecimal taxAmount, BigDecimal tipAmount,
            Elements<Ref> lineItems, Boolean voided, String reason, String status, Long createdTime) implements CloverRow {}

    /** A manual refund, tied to no payment. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Credit(String id, Ref orderRef, BigDecimal amount, BigDecimal taxAmount, Boolean voided, Long createdTime)
            implements
                CloverRow {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Customer(String id, String firstName, String lastName, Elements<Email> emailAddresses,
            Elements<Phone> phoneNumbers) {

        @Override
        public String toString() {
            return "Customer[*****]";
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Email(String emailAddress, Boolean primaryEmail) {

        @Override
        public String toString() {
            return "Email[*****]";
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Phone(String phoneNumber) {

        @Override
        public String toString() {
            return "Phone[*****]";
        }
    }
}
