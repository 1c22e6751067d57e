package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a line's price is made of, for people to read: the price at the till, what was added, and what was taken off. */
final class LineProperties {

    private final String currency;
    private final List<SaleDiscount> shared;
    private final String sharedName;

    LineProperties(Sale sale) {
        this.currency = sale.currency();
        this.shared = sale.discounts();
        this.sharedName = shared.stream().map(LineProperties::name).distinct().collect(Collectors.joining(", "));
    }

    List<OrderDraft.Attribute> of(SaleSum.Line unit) {
        SaleLine line = unit.line();
        var properties = new ArrayList<OrderDraft.Attribute>();
        Set<String> keys = new HashSet<>();
        if (line.measured()) {
            add(properties, keys, "Price", MinorUnits.text(line.price(), currency)
                    + (line.unitName() == null ? "" : " per " + line.unitName()));
        } else if (line.price() != unit.net()) {
            add(properties, keys, "Price", MinorUnits.text(line.price(), currency));
        }
        for (SaleLine.Modification modification : line.modifications()) {
            add(properties, keys, "Modification", (modification.name() == null ? "" : modification.name() + " ")
                    + MinorUnits.text(modification.amount(), currency));
        }
        for (int index = 0; index < line.discounts().size(); index++) {
            addDiscount(properties, keys, name(line.discounts().get(index)), unit.discounts().get(index));
        }
        if (!shared.isEmpty()) {
            addDiscount(properties, keys, sharedName, unit.shared());
        }
        return properties;
    }

    private void addDiscount(List<OrderDraft.Attribute> properties, Set<String> keys, String name, long amount) {
        if (amount != 0) {
            add(properties, keys, ("Discount " + name).strip(), MinorUnits.text(amount, currency));
        }
    }

    /** Keys are numbered where one comes twice: whether a store keeps both is not known. */
    private static void add(List<OrderDraft.Attribute> properties, Set<String> keys, String key, String value) {
        String unique = key;
        for (int number = 2; !keys.add(unique); number++) {
            unique = key + " " + number;
        }
        properties.add(new OrderDraft.Attribute(unique, value));
    }

    private static String name(SaleDiscount discount) {
        return discount.name() == null ? "" : discount.name().strip();
    }
}
