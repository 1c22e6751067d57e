package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.List;

/** What an order of the store says of where it comes from. */
final class OrderTexts {

    static final String SOURCE = "tillbridge";
    static final List<String> TAGS = List.of("Clover", "Tillbridge");

    private static final String NAMELESS = "Item";

    private OrderTexts() {}

    /** The merchant's text, and the till's note on a line of its own; null where neither says anything. */
    static String note(Sale sale, MappingRules rules) {
        var texts = new ArrayList<String>();
        String format = rules.note().of(sale.id());
        if (format != null) {
            texts.add(format);
        }
        // What we wrote there is of shipments of an order that this one replaces.
        String note = TillNote.ofPeople(sale.note());
        if (note != null && !note.isBlank()) {
            texts.add(note.strip());
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    static List<OrderDraft.Attribute> attributes(Sale sale, MappingRules rules) {
        var attributes = new ArrayList<OrderDraft.Attribute>();
        add(attributes, "Clover merchant", rules.merchantId());
        add(attributes, "Clover order", sale.id());
        add(attributes, "Clover employee", sale.employee() == null ? sale.employeeId() : sale.employee());
        add(attributes, "Clover device", sale.deviceId());
        add(attributes, "Clover order type", sale.orderType() == null ? sale.orderTypeId() : sale.orderType());
        long rounding = rules.paid() ? CashRounding.of(sale) : 0;
        if (rounding != 0) {
            add(attributes, "Cash rounding", MinorUnits.text(rounding, sale.currency()));
        }
        return attributes;
    }

    static String name(SaleLine line) {
        return line.name() == null || line.name().isBlank() ? NAMELESS : line.name();
    }

    private static void add(List<OrderDraft.Attribute> attributes, String key, String value) {
        if (value != null && !value.isBlank()) {
            attributes.add(new OrderDraft.Attribute(key, value));
        }
    }
}
