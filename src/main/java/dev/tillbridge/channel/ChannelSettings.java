package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.price.PriceRounding;
import dev.tillbridge.price.PriceRule;

/**
 * What a channel does, as a person set it. Everything is off at first. A field left out has its default, so that a
 * settings document of an earlier version still reads. The warnings and the preview of an answer may be sent back; they mean nothing.
 *
 * @param uniqueIdentifier how variants and items are matched: {@code SKU}, {@code BARCODE}, {@code SKU_TO_CODE},
 *        {@code BARCODE_TO_SKU} or {@code METAFIELD:namespace.key}
 */
@JsonIgnoreProperties({ "warnings", "preview"})
public record ChannelSettings(String uniqueIdentifier, OrderSync orderSync, ShipmentSync shipmentSync,
        InventorySync inventorySync, PriceSync priceSync, ProductSync productSync, Notifications notifications) {

    public static final ChannelSettings DEFAULTS = new ChannelSettings(null, null, null, null, null, null, null);

    public ChannelSettings {
        uniqueIdentifier = uniqueIdentifier == null ? "SKU" : uniqueIdentifier;
        orderSync = orderSync == null ? OrderSync.DEFAULTS : orderSync;
        shipmentSync = shipmentSync == null ? new ShipmentSync(false, null) : shipmentSync;
        inventorySync = inventorySync == null ? new InventorySync(false, 0, null, null) : inventorySync;
        priceSync = priceSync == null ? new PriceSync(false, null) : priceSync;
        productSync = productSync == null ? new ProductSync(false, null) : productSync;
        notifications = notifications == null ? new Notifications(null) : notifications;
    }

    /** {@link #uniqueIdentifier} as the matcher takes it. */
    @JsonIgnore
    public UniqueIdentifier identifier() {
        return UniqueIdentifier.parse(uniqueIdentifier)
                .orElseThrow(() -> new IllegalStateException(
                        "Stored settings have the unique identifier '" + uniqueIdentifier + "'"));
    }

    ChannelSettings withOrderSync(OrderSync orders) {
        return new ChannelSettings(uniqueIdentifier, orders, shipmentSync, inventorySync, priceSync, productSync,
                notifications);
    }

    /**
     * Till sales become orders of the store.
     *
     * @param importFrom sales before it are not imported; null: the moment order sync is turned on
     * @param adjustStockFrom sales before it are imported but touch no stock; null: the moment order sync is turned on
     * @param unpaidReservation how long an unpaid sale holds stock back
     * @param postingLocationId the location whose stock sales are taken from; null: the store's primary location
     */
    public record OrderSync(boolean enabled, Boolean notifyOnUnlinked, Boolean skipUnpaid, UnlinkedLines unlinkedLines,
            TextFormat noteFormat, TextFormat numberFormat, Instant importFrom, Instant adjustStockFrom,
            Duration unpaidReservation, String postingLocationId, Tips tips, RefundRestock refundRestock) {

        static final OrderSync DEFAULTS = new OrderSync(false, null, null, null, null, null, null, null, null, null, null,
                null);

        public OrderSync {
            notifyOnUnlinked = notifyOnUnlinked == null || notifyOnUnlinked;
            skipUnpaid = skipUnpaid == null || skipUnpaid;
            unlinkedLines = unlinkedLines == null ? UnlinkedLines.HOLD : unlinkedLines;
            noteFormat = noteFormat == null ? new TextFormat(null, null, null) : noteFormat;
            numberFormat = numberFormat == null ? new TextFormat(null, null, null) : numberFormat;
            unpaidReservation = unpaidReservation == null ? Duration.ofHours(12) : unpaidReservation;
            tips = tips == null ? Tips.OMIT : tips;
            refundRestock = refundRestock == null ? RefundRestock.LINES : refundRestock;
        }

        /** From when on sales are imported; resolved when order sync is turned on. */
        @JsonIgnore
        public Instant start() {
            return importFrom == null ? Instant.EPOCH : importFrom;
        }

        /** From when on sales touch the store's stock; resolved when order sync is turned on. */
        @JsonIgnore
        public Instant stockFrom() {
            return adjustStockFrom == null ? start() : adjustStockFrom;
        }

        /** The same, with what was left to the moment of turning on resolved. */
        OrderSync resolved(Instant from, Instant stockFrom, String locationId) {
            return new OrderSync(enabled, notifyOnUnlinked, skipUnpaid, unlinkedLines, noteFormat, numberFormat,
                    importFrom == null ? from : importFrom, adjustStockFrom == null ? stockFrom : adjustStockFrom,
                    unpaidReservation, postingLocationId == null ? locationId : postingLocationId, tips, refundRestock);
        }
    }

    /** A text made of the till's order id between two fixed parts. */
    public record TextFormat(String prefix, Boolean includeOrderId, String suffix) {

        public TextFormat {
            prefix = prefix == null ? "" : prefix;
            includeOrderId = includeOrderId == null || includeOrderId;
            suffix = suffix == null ? "" : suffix;
        }
    }

    /** What happens to a sale with a line that has no link. */
    public enum UnlinkedLines {
        HOLD,
        IMPORT_AS_CUSTOM
    }

    /** Whether tips are part of the order's total. */
    public enum Tips {
        OMIT,
        INCLUDE
    }

    /** Which units of a refund go back to stock. */
    public enum RefundRestock {
        /** Those of the lines that the refund names; of a void, all. */
        LINES,
        NONE,
        /** As LINES; and of a refund of the whole sale that names no lines, all. */
        ALL
    }

    /** Fulfilments of the store reach the till. */
    public record ShipmentSync(boolean enabled, List<Mapping> mappings) {

        public ShipmentSync {
            mappings = mappings == null ? List.of() : List.copyOf(mappings);
        }

        /** The store's shipping method of a sale with this order type; null where it was sold in the shop. */
        @JsonIgnore
        public String methodOf(String orderTypeId) {
            return enabled && orderTypeId != null
                    ? mappings.stream().filter(mapping -> orderTypeId.equals(mapping.channelMethod())).map(Mapping::storeMethod)
                            .findFirst().orElse(null)
                    : null;
        }

        /** @param channelMethod the till's order type; {@code storeMethod}: the store's shipping method */
        public record Mapping(String channelMethod, String storeMethod) {}
    }

    /**
     * The store's stock becomes the till's.
     *
     * @param safetyStock whole units held back from the till
     * @param sellingLocationIds the locations whose stock the till may sell; empty: all active ones
     */
    public record InventorySync(boolean enabled, int safetyStock, List<String> sellingLocationIds, OnRecount onRecount) {

        public InventorySync {
            sellingLocationIds = sellingLocationIds == null ? List.of() : List.copyOf(sellingLocationIds);
            onRecount = onRecount == null ? OnRecount.REPORT : onRecount;
        }

        /** Whether every active location's stock may be sold. */
        @JsonIgnore
        public boolean sellsFromAllLocations() {
            return sellingLocationIds.isEmpty();
        }
    }

    /** What happens when the till's stock was changed by nobody Tillbridge knows. */
    public enum OnRecount {
        /** A person decides. */
        REPORT,
        /** The store's stock wins. */
        OVERWRITE,
        /** The difference goes to the store's stock. */
        ADOPT
    }

    /**
     * The store's prices become the till's: what a variant sells at, {@code price}; its compare-at price is not looked at.
     *
     * @param rule what the till charges for what the store charges; null: the same
     */
    public record PriceSync(boolean enabled, Rule rule) {

        /** The rule as prices are made by. */
        @JsonIgnore
        public PriceRule priceRule() {
            return rule == null
                    ? PriceRule.COPY
                    : new PriceRule(rule.percent(), new BigDecimal(rule.amount()), rule.rounding());
        }

        /**
         * The store's price, by so many percent more, plus an amount, rounded.
         *
         * @param percent added to the store's price; negative for less; 0 where left out
         * @param amount added after that, a decimal in the currency of store and till; negative for less; 0 where left out
         */
        public record Rule(
                @Schema(description = "Percent added to the store's price, negative for less; -99.99 to 1000, at most two decimals", examples = "10") BigDecimal percent,
                @Schema(description = "Added after that: a decimal in the currency of store and till, negative for less", examples = "0.50") String amount,
                @Schema(description = "To what the sum is rounded, the nearest and up in between: NONE the currency's smallest unit, TO_99 an amount that ends in .99, TO_95 one that ends in .95, TO_05 a multiple of 0.05, WHOLE no cents") PriceRounding rounding) {

            private static final int MOST_DIGITS = 20;

            public Rule {
                percent = percent == null ? BigDecimal.ZERO : plain(percent);
                amount = amount == null ? "0" : amount.strip();
                rounding = rounding == null ? PriceRounding.NONE : rounding;
            }

            /** What has more digits than any percentage is refused by the rules; here it would only cost time. */
            private static BigDecimal plain(BigDecimal number) {
                if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
                    return number;
                }
                BigDecimal stripped = number.stripTrailingZeros();
                return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
            }
        }
    }

    /** @param defaultInventory what the till shows of variants the store does not count; null leaves them alone */
    public record ProductSync(boolean enabled, Long defaultInventory) {}

    /** @param recipients mail addresses */
    public record Notifications(List<String> recipients) {

        public Notifications {
            recipients = recipients == null ? List.of() : List.copyOf(recipients);
        }
    }
}
