package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of the store's order: units alike in everything that shows are one line with a quantity. */
final class DraftLines {

    // Clover's unit: 10,000,000 is 100 %.
    private static final int RATE_DECIMALS = 7;

    private final Sale sale;
    private final MappingRules rules;
    private final Map<String, LinkedVariant> links;
    private final LineProperties properties;

    DraftLines(Sale sale, MappingRules rules, Map<String, LinkedVariant> links) {
        this.sale = sale;
        this.rules = rules;
        this.links = links;
        this.properties = new LineProperties(sale);
    }

    record Drafted(OrderDraft.Line line, List<String> lineIds) {}

    /** @param single not null for what is never grouped: a measured amount is a line of its own */
    private record Alike(String itemId, String name, boolean fee, long price, long net, List<TaxRate> rates,
            List<OrderDraft.Attribute> properties, String single) {}

    /** @param tips in minor units, 0 where they are left out */
    List<Drafted> of(SaleSum sum, long tips) {
        var groups = new LinkedHashMap<Alike, List<SaleSum.Line>>();
        for (SaleSum.Line unit : sum.lines()) {
            groups.computeIfAbsent(alike(unit), none -> new ArrayList<>()).add(unit);
        }
        var drafted = new ArrayList<Drafted>();
        groups.forEach((alike, units) -> drafted.add(line(String.valueOf(drafted.size()), alike, units)));
        if (sum.serviceCharge() > 0) {
            String name = sale.serviceCharge().name();
            drafted.add(charge(drafted.size(), name == null || name.isBlank() ? "Service charge" : name, sum.serviceCharge()));
        }
        if (tips > 0) {
            drafted.add(charge(drafted.size(), "Tip", tips));
        }
        return drafted;
    }

    private Alike alike(SaleSum.Line unit) {
        SaleLine line = unit.line();
        return new Alike(line.itemId(), OrderTexts.name(line), line.fee(), line.price(), unit.net(),
                unit.taxes().stream().map(SaleSum.Tax::rate).toList(), properties.of(unit),
                line.measured() ? line.id() : null);
    }

    private Drafted line(String key, Alike alike, List<SaleSum.Line> units) {
        SaleLine first = units.get(0).line();
        LinkedVariant variant = alike.itemId() == null || alike.fee() ? null : links.get(alike.itemId());
        String title = variant == null || variant.title() == null || variant.title().isBlank() ? alike.name() : variant.title();
        if (first.measured()) {
            title += ", " + first.units().toPlainString() + (first.unitName() == null ? "" : " " + first.unitName());
        }
        return new Drafted(new OrderDraft.Line(key, variant == null ? null : variant.variantId(), title,
                variant == null ? null : variant.sku(), units.size(), MinorUnits.decimal(alike.net(), sale.currency()),
                !alike.rates().isEmpty(), rules.fulfilledAtLocationId() == null && !alike.fee(), taxes(alike, units),
                alike.properties()), units.stream().map(unit -> unit.line().id()).toList());
    }

    /** The taxes of a group: those of its units, rate by rate. */
    private List<OrderDraft.Tax> taxes(Alike alike, List<SaleSum.Line> units) {
        var taxes = new ArrayList<OrderDraft.Tax>();
        for (int position = 0; position < alike.rates().size(); position++) {
            TaxRate rate = alike.rates().get(position);
            long amount = 0;
            for (SaleSum.Line unit : units) {
                amount += unit.taxes().get(position).amount();
            }
            BigDecimal fraction = rate.flat() == null
                    ? BigDecimal.valueOf(rate.rate(), RATE_DECIMALS)
                    : fraction(amount, alike.net() * units.size());
            taxes.add(new OrderDraft.Tax(rate.name() == null || rate.name().isBlank() ? "Tax" : rate.name(), fraction,
                    MinorUnits.decimal(amount, sale.currency())));
        }
        return taxes;
    }

    /** The store wants a rate (orderCreate: TAX_LINE_RATE_MISSING), and a flat tax has none: what it comes to here. */
    private static BigDecimal fraction(long tax, long net) {
        return net == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(tax).divide(BigDecimal.valueOf(net), RATE_DECIMALS, RoundingMode.HALF_UP);
    }

    private Drafted charge(int index, String title, long amount) {
        return new Drafted(new OrderDraft.Line(String.valueOf(index), null, title, null, 1,
                MinorUnits.decimal(amount, sale.currency()), false, false, List.of(), List.of()), List.of());
    }
}
