package dev.tillbridge.sandbox.clover;

import java.util.List;

/**
 * A line of an order: one unit of an item, or a measured amount of a PER_UNIT item. Clover has no quantity field. Names and
 * units of com.clover.sdk.v3.order.LineItem.
 */
final class OrderLine {

    final String id;
    /** Null for a line typed in by hand. */
    final Item item;
    String name;
    /** Of one unit, in minor units. */
    long price;
    /** Thousandths of the unit; null unless measured. */
    Long unitQty;
    String note;
    boolean refunded;
    boolean exchanged;
    boolean fee;
    long createdTime;
    List<Modification> modifications = List.of();
    List<Discount> discounts = List.of();
    List<Tax> taxRates = List.of();
    /** Id of the refund that gave it back; null where none did. */
    String refund;
    /** Whether the item's stock was lowered for it and not raised again. */
    boolean takenFromStock;
    /** Whether the item's stock was raised again for it: it is not taken a second time. */
    boolean givenBack;

    OrderLine(String id, Item item) {
        this.id = id;
        this.item = item;
    }

    /**
     * Something added to the item.
     *
     * @param amount minor units
     */
    record Modification(String id, String name, long amount) {}

    /**
     * A tax of a line.
     *
     * @param rate 10,000,000 is 100 %
     * @param flat minor units for each line whatever it costs (Clover: taxAmount); null where there is a rate
     */
    record Tax(String id, String name, long rate, Long flat) {}
}
