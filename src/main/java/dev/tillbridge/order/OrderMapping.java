package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes an order of the store out of a till sale, to the cent, or says why a person must look at it.
 *
 * <p>Shopify's {@code orderCreate} takes no discounts of lines and one discount code at most, so discounts are folded into
 * the unit prices: a line's net and tax are the till's. Units whose net differs by a cent become lines of their own; price
 * and discounts stand in the line's properties.
 */
public final class OrderMapping {

    /** How many lines a new order takes (Shopify: an argument's list has at most 250 entries). */
    public static final int MOST_LINES = 250;

    private static final int NAMED_ITEMS = 5;

    private OrderMapping() {}

    public sealed interface Result permits Mapped, Held {}

    /** @param origins which of the till's lines each line of the draft stands for */
    public record Mapped(OrderDraft draft, List<LineOrigin> origins) implements Result {

        public Mapped {
            origins = List.copyOf(origins);
        }
    }

    /**
     * A person must act.
     *
     * @param code {@code no-lines}, {@code currency-differs}, {@code unlinked-lines}, {@code negative-line},
     *        {@code total-differs}, {@code payments-differ} or {@code too-many-lines}: the first that holds, in this order
     * @param message a sentence that names what to do
     */
    public record Held(String code, String message) implements Result {}

    /** @param links of the till's items, by item id */
    public static Result map(Sale sale, MappingRules rules, Map<String, LinkedVariant> links) {
        if (sale.lines().stream().allMatch(SaleLine::exchanged)) {
            return new Held("no-lines", "The sale has no lines to import. Add them at the till, or dismiss the sale.");
        }
        if (!rules.shopCurrency().equals(sale.currency())) {
            return new Held("currency-differs", "The sale is in " + sale.currency() + ", but the shop sells in "
                    + rules.shopCurrency() + ". Connect the till to a shop of its currency, or dismiss the sale.");
        }
        SaleSum sum = SaleArithmetic.of(sale);
        Held held = unlinked(sum, rules, links);
        held = held == null ? sums(sale, sum) : held;
        held = held == null && rules.paid() ? payments(sale) : held;
        if (held != null) {
            return held;
        }
        long tips = rules.tipsIncluded() ? sale.tips() : 0;
        var lines = new DraftLines(sale, rules, links).of(sum, tips);
        if (lines.size() > MOST_LINES) {
            return new Held("too-many-lines", "The sale needs " + lines.size() + " lines, but the store takes " + MOST_LINES
                    + " in one order. Enter it in the store by hand, then dismiss it.");
        }
        var drafted = new ArrayList<OrderDraft.Line>();
        var origins = new ArrayList<LineOrigin>();
        for (DraftLines.Drafted line : lines) {
            drafted.add(line.line());
            origins.add(new LineOrigin(line.line().key(), line.lineIds()));
        }
        return new Mapped(new OrderDraft(rules.identity(), rules.number().of(sale.id()), OrderTexts.note(sale, rules),
                OrderTexts.SOURCE, null, sale.currency(), sale.taxesIncluded(), rules.paid(), sale.test(),
                PaidRule.paidAt(sale),
                rules.fulfilledAtLocationId(), OrderTexts.TAGS, OrderTexts.attributes(sale, rules), drafted,
                rules.paid() ? OrderPayments.transactions(sale, rules.tipsIncluded()) : List.of(), shipping(rules, sale), null),
                origins);
    }

    /** Free of charge: what a till asks for a delivery is a line of the sale. */
    private static OrderDraft.ShippingLine shipping(MappingRules rules, Sale sale) {
        return rules.shippingMethod() == null
                ? null
                : new OrderDraft.ShippingLine(rules.shippingMethod(), MinorUnits.decimal(0, sale.currency()));
    }

    private static Held unlinked(SaleSum sum, MappingRules rules, Map<String, LinkedVariant> links) {
        if (rules.unlinked() == MappingRules.Unlinked.IMPORT_AS_CUSTOM) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        Set<String> items = new LinkedHashSet<>();
        for (SaleSum.Line counted : sum.lines()) {
            SaleLine line = counted.line();
            if (line.itemId() != null && !line.fee() && !line.exchanged() && !links.containsKey(line.itemId())
                    && items.add(line.itemId())
                    && items.size() <= NAMED_ITEMS) {
                names.add((line.name() == null ? "no name" : line.name()) + " (" + line.itemId() + ")");
            }
        }
        if (items.isEmpty()) {
            return null;
        }
        String more = items.size() > names.size() ? " and " + (items.size() - names.size()) + " more" : "";
        return new Held("unlinked-lines", (items.size() == 1 ? "1 item has" : items.size() + " items have")
                + " no link to the store: " + String.join(", ", names) + more
                + ". Link them and the sale is imported by itself.");
    }

    private static Held sums(Sale sale, SaleSum sum) {
        for (SaleSum.Line line : sum.lines()) {
            if (line.net() < 0) {
                return new Held("negative-line", "The line \"" + OrderTexts.name(line.line()) + "\" comes to "
                        + MinorUnits.text(line.net(), sale.currency())
                        + ", and the store takes no negative prices. Enter the sale in the store by hand, then dismiss it.");
            }
        }
        return sum.total() == sale.total()
                ? null
                : new Held("total-differs", "The sale's lines come to " + MinorUnits.text(sum.total(), sale.currency()) + " "
                        + sale.currency() + ", but the till says " + MinorUnits.text(sale.total(), sale.currency())
                        + ". Correct the sale at the till, or enter it in the store by hand and dismiss it.");
    }

    private static Held payments(Sale sale) {
        return CashRounding.settled(sale)
                ? null
                : new Held("payments-differ",
                        "The till received " + MinorUnits.text(CashRounding.received(sale), sale.currency())
                                + " " + sale.currency() + " for a sale of " + MinorUnits.text(sale.total(), sale.currency())
                                + ". Correct the payments at the till, or enter the sale in the store by hand and dismiss it.");
    }
}
