package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Clover's JSON, as far as it is read: names and types from Clover's Android SDK ({@code com.clover.sdk.v3}). What is not
 * named here is dropped while parsing; the merchant's bank fields and employees' PINs are left out for that reason.
 */
final class CloverWire {

    private CloverWire() {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Ref(String id) {}

    /** Any list, when only its being one matters. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refs(List<Ref> elements) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Merchant(String id, String name) {}

    /** {@code GET /properties} also holds bank account numbers: never add them, never log the body. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Properties(String defaultCurrency, String timezone, Boolean vat, Boolean trackStock, Boolean updateStock) {}

    /** A list, or a list within an object. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Elements<R>(List<R> elements) {}

    /** {@code price} in minor units, times in epoch milliseconds. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Item(String id, String name, String sku, String code, Long price, String priceType, String unitName,
            Boolean hidden, Stock itemStock, Long modifiedTime, Long deletedTime, Boolean deleted, Ref itemGroup,
            Elements<Ref> options, Elements<Ref> categories) implements CloverRow {

        boolean isDeleted() {
            return Boolean.TRUE.equals(deleted) || (deletedTime != null && deletedTime > 0);
        }
    }

    /** What a change of many items is answered with, as far as it is read. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PricedItems(List<PricedItem> elements) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PricedItem(String id, Long price) {}

    /** A category, item group, attribute or option; {@code itemGroup} of an attribute, {@code attribute} of an option. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Part(String id, String name, Ref itemGroup, Ref attribute, Boolean deleted) implements CloverRow {}

    /** {@code quantity} is absent until first set; {@code stockCount} is deprecated and rounded, so it is not read. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stock(Ref item, BigDecimal quantity) {}

    /** An error: {@code {"message":"invalid ID"}}. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(String message, String details) {}
}
