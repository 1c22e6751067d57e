package dev.tillbridge.clover;

import java.util.Locale;
import java.util.stream.Stream;

import dev.tillbridge.order.Sale;
import dev.tillbridge.order.ServiceCharge;

/** Clover's orders in the words of sales. */
final class SaleMapper {

    private SaleMapper() {}

    /** @throws ConnectorException.Rejected {@code sale-unusable}, naming order and field, where something cannot be understood */
    static Sale sale(WholeOrder whole, WholeOrder.Names names) {
        OrderWire.Order order = whole.order();
        OrderFields fields = new OrderFields(order.id());
        MoneyMapper money = new MoneyMapper(fields, names, whole.lines());
        return new Sale(order.id(), currency(fields, order), fields.numberOrZero("total", order.total()),
                Boolean.TRUE.equals(order.vat()), Boolean.TRUE.equals(order.taxRemoved()),
                Boolean.TRUE.equals(order.testMode()), lower(order.state()), upper(order.paymentState()),
                OrderFields.text(order.title()), OrderFields.text(order.note()), orderTypeId(order), orderType(order, names),
                employeeId(order), employee(order, names), order.device() == null ? null : order.device().id(),
                fields.time("createdTime", order.createdTime()),
                fields.timeOrNull("clientCreatedTime", order.clientCreatedTime()),
                fields.time("modifiedTime", order.modifiedTime()),
                order.deletedTimestamp() != null && order.deletedTimestamp() > 0,
                whole.lines().stream().map(line -> LineMapper.line(fields, line)).toList(),
                whole.discounts().stream().map(each -> LineMapper.discount(fields, each)).toList(),
                serviceCharge(fields, whole.opening().serviceCharge()),
                whole.payments().stream().map(money::payment).toList(),
                Stream.concat(whole.refunds().stream().map(money::refund), whole.credits().stream().map(money::credit))
                        .toList(),
                customerId(fields, whole.opening()));
    }

    private static String currency(OrderFields fields, OrderWire.Order order) {
        String currency = fields.required("currency", OrderFields.text(order.currency())).toUpperCase(Locale.ROOT);
        if (!currency.matches("[A-Z]{3}")) {
            throw fields.unusable("currency", "is none");
        }
        return currency;
    }

    /** Both cases occur in real data. */
    private static String lower(String state) {
        String text = OrderFields.text(state);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static String upper(String state) {
        String text = OrderFields.text(state);
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private static String orderTypeId(OrderWire.Order order) {
        return order.orderType() == null ? null : order.orderType().id();
    }

    private static String orderType(OrderWire.Order order, WholeOrder.Names names) {
        if (order.orderType() == null) {
            return null;
        }
        String shown = label(order.orderType());
        OrderWire.OrderType listed = order.orderType().id() == null ? null : names.orderTypes().get(order.orderType().id());
        return shown != null || listed == null ? shown : label(listed);
    }

    /** The key names Clover's own types, such as {@code com.clover.order.type.dine_in}; null where there is neither. */
    static String label(OrderWire.OrderType type) {
        String label = OrderFields.text(type.label());
        return label != null ? label : OrderFields.text(type.labelKey());
    }

    private static String employeeId(OrderWire.Order order) {
        return order.employee() == null ? null : order.employee().id();
    }

    private static String employee(OrderWire.Order order, WholeOrder.Names names) {
        if (order.employee() == null) {
            return null;
        }
        String shown = OrderFields.text(order.employee().name());
        OrderWire.Employee listed = order.employee().id() == null ? null : names.employees().get(order.employee().id());
        return shown != null || listed == null ? shown : OrderFields.text(listed.name());
    }

    private static ServiceCharge serviceCharge(OrderFields fields, OrderWire.ServiceCharge charge) {
        if (charge == null || !Boolean.TRUE.equals(charge.enabled())) {
            return null;
        }
        OrderFields own = fields.of("service charge", charge.id());
        return new ServiceCharge(charge.id(), OrderFields.text(charge.name()),
                own.positive("percentageDecimal", charge.percentageDecimal()));
    }

    private static String customerId(OrderFields fields, OrderWire.Order order) {
        return fields.elements("customers", order.customers()).stream().map(CloverWire.Ref::id)
                .filter(id -> id != null && CloverId.fits(id)).findFirst().orElse(null);
    }
}
