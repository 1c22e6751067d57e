package dev.tillbridge.clover;

import dev.tillbridge.order.SaleDiscount;
import dev.tillbridge.order.SaleLine;
import dev.tillbridge.order.TaxRate;

/** Lines of Clover's orders, and discounts. */
final class LineMapper {

    private static final long PIECE = 1000;

    private LineMapper() {}

    /** What of a line's own lists Clover cut off cannot be read: no document names a list below a line. Such an order is refused. */
    static SaleLine line(OrderFields order, OrderWire.LineItem line) {
        OrderFields fields = order.of("line", line.id());
        long price = fields.number("price", line.price());
        Long quantity = line.unitQty() == null ? null : Long.valueOf(fields.positive("unitQty", line.unitQty()));
        fields.product("unitQty", price, quantity == null ? PIECE : quantity);
        String name = OrderFields.text(line.name());
        String alternate = OrderFields.text(line.alternateName());
        return new SaleLine(line.id(), itemId(line), name != null ? name : alternate == null ? "" : alternate, price, quantity,
                OrderFields.text(line.unitName()), OrderFields.text(line.note()), OrderFields.text(line.itemCode()),
                Boolean.TRUE.equals(line.refunded()), Boolean.TRUE.equals(line.exchanged()),
                Boolean.TRUE.equals(line.orderFee()),
                fields.uncut("modifications", line.modifications()).stream().map(each -> modification(fields, each)).toList(),
                fields.uncut("discounts", line.discounts()).stream().map(each -> discount(fields, each)).toList(),
                fields.uncut("taxRates", line.taxRates()).stream().map(each -> taxRate(fields, each)).toList());
    }

    private static String itemId(OrderWire.LineItem line) {
        return line.item() == null ? null : line.item().id();
    }

    private static SaleLine.Modification modification(OrderFields line, OrderWire.Modification each) {
        return new SaleLine.Modification(each.id(), OrderFields.text(each.name()),
                line.of("modification", each.id()).numberOrZero("amount", each.amount()));
    }

    /** Clover keeps one of the two; the other is absent or 0. */
    static SaleDiscount discount(OrderFields owner, OrderWire.Discount each) {
        OrderFields fields = owner.of("discount", each.id());
        Long amount = fields.numberOrNull("amount", each.amount());
        Long percentage = each.percentage() == null ? null : Long.valueOf(fields.positive("percentage", each.percentage()));
        if (amount == null && percentage == null) {
            throw fields.unusable("amount", "is missing, and so is percentage");
        }
        if (amount != null && percentage != null) {
            if (amount != 0 && percentage != 0) {
                throw fields.unusable("amount", "is there, and so is percentage: only one can be meant");
            }
            boolean byAmount = percentage == 0;
            return new SaleDiscount(each.id(), OrderFields.text(each.name()), byAmount ? amount : null,
                    byAmount ? null : percentage);
        }
        return new SaleDiscount(each.id(), OrderFields.text(each.name()), amount, percentage);
    }

    private static TaxRate taxRate(OrderFields line, OrderWire.TaxRate each) {
        OrderFields fields = line.of("tax rate", each.id());
        long rate = each.rate() == null ? 0 : fields.positive("rate", each.rate());
        long flat = fields.numberOrZero("taxAmount", each.taxAmount());
        if (rate != 0 && flat != 0) {
            throw fields.unusable("taxAmount", "is there, and so is rate: only one can be meant");
        }
        return new TaxRate(each.id(), OrderFields.text(each.name()), rate, flat == 0 ? null : Long.valueOf(flat));
    }
}
