package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.tillbridge.order.OrderView.Amount;

/**
 * A sale line by line on both sides.
 *
 * @param till as it was last read; null where it was not
 * @param store the order as it was asked for; null where there is none
 */
@RegisterForReflection
record OrderSides(Till till, Store store) {

    /** @param tax included in the prices where {@code taxesIncluded}, on top of them else */
    @RegisterForReflection
    record Till(List<TillLine> lines, Amount serviceCharge, Amount tax, boolean taxesIncluded, Amount tips, Amount total,
            List<Payment> payments) {}

    /**
     * @param unit what is measured; null for pieces
     * @param discount what was taken off, the line's share of the sale's discounts with it
     * @param total without taxes that are not in the prices
     * @param exchanged another line took its place
     */
    @RegisterForReflection
    record TillLine(String id, String itemId, String name, BigDecimal units, String unit, String note, Amount price,
            Amount discount, Amount total, boolean refunded, boolean exchanged) {}

    /** @param tender null where the till does not name it */
    @RegisterForReflection
    record Payment(String tender, Amount amount, Amount tip, boolean received, Instant at) {}

    /** @param total what was asked for; what the store makes of it is the order's {@code storeTotal} */
    @RegisterForReflection
    record Store(List<StoreLine> lines, Amount tax, Amount total) {}

    /** @param tillLines ids of the till's lines that it stands for; empty for charges and tips */
    @RegisterForReflection
    record StoreLine(String title, String sku, int quantity, Amount total, List<String> tillLines) {}

    /** A variant that an item is linked to now. */
    record Variant(String title, String sku) {}

    /**
     * @param sale as last read; null where it was not
     * @param imported the sale of which its order was made; null where there is none
     * @param origins of the order's lines
     * @param variants by item
     */
    static OrderSides of(Sale sale, Sale imported, List<LineOrigin> origins, Map<String, Variant> variants) {
        return new OrderSides(sale == null ? null : till(sale), imported == null ? null : store(imported, origins, variants));
    }

    private static Till till(Sale sale) {
        SaleSum sum = SaleArithmetic.of(sale);
        Map<String, SaleSum.Line> summed = byId(sum);
        List<TillLine> lines = new ArrayList<>();
        for (SaleLine line : sale.lines()) {
            SaleSum.Line counted = summed.get(line.id());
            long discount = counted == null ? 0 : counted.gross() - counted.net();
            lines.add(new TillLine(line.id(), line.itemId(), line.name(), tidy(line.units()), line.unitName(), line.note(),
                    amount(line.price(), sale), amount(discount, sale), amount(counted == null ? 0 : counted.net(), sale),
                    line.refunded(), line.exchanged()));
        }
        List<Payment> payments = sale.payments().stream().map(payment -> new Payment(payment.tender(),
                amount(payment.amount(), sale), amount(payment.tip(), sale), payment.received(), payment.createdAt())).toList();
        return new Till(lines, amount(sum.serviceCharge(), sale), amount(sum.tax(), sale), sale.taxesIncluded(),
                amount(sale.tips(), sale), amount(sale.total(), sale), payments);
    }

    private static Store store(Sale sale, List<LineOrigin> origins, Map<String, Variant> variants) {
        SaleSum sum = SaleArithmetic.of(sale);
        Map<String, SaleSum.Line> summed = byId(sum);
        List<StoreLine> lines = new ArrayList<>();
        long total = sum.taxesIncluded() ? 0 : sum.tax();
        boolean charged = sum.serviceCharge() == 0;
        for (LineOrigin origin : origins) {
            long net = origin.lineIds().stream().map(summed::get).filter(line -> line != null).mapToLong(SaleSum.Line::net)
                    .sum();
            if (origin.lineIds().isEmpty()) {
                // What is no line at the till: the service charge comes first, then the tip.
                net = charged ? sale.tips() : sum.serviceCharge();
                lines.add(new StoreLine(charged ? "Tip" : "Service charge", null, 1, amount(net, sale), List.of()));
                charged = true;
            } else {
                lines.add(line(summed.get(origin.lineIds().get(0)), origin, amount(net, sale), variants));
            }
            total += net;
        }
        return new Store(lines, amount(sum.tax(), sale), amount(total, sale));
    }

    private static StoreLine line(SaleSum.Line first, LineOrigin origin, Amount total, Map<String, Variant> variants) {
        Variant variant = first == null || first.line().itemId() == null ? null : variants.get(first.line().itemId());
        String name = first == null ? null : first.line().name();
        return new StoreLine(variant == null || variant.title() == null ? name : variant.title(),
                variant == null ? null : variant.sku(), origin.lineIds().size(), total, origin.lineIds());
    }

    private static Map<String, SaleSum.Line> byId(SaleSum sum) {
        Map<String, SaleSum.Line> byId = new HashMap<>();
        sum.lines().forEach(line -> byId.put(line.line().id(), line));
        return byId;
    }

    private static Amount amount(long minorUnits, Sale sale) {
        return Amount.of(MinorUnits.decimal(minorUnits, sale.currency()), sale.currency());
    }

    private static BigDecimal tidy(BigDecimal units) {
        BigDecimal stripped = units.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
