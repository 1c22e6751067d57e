package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Set;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code orders}, {@code orders/{id}} and what is below them. Lists hold no order without a state, and none that is deleted
 * unless they are filtered by deletedTime. Clover: docs.clover.com/dev/reference/ordergetorders and its neighbours.
 */
final class OrderResource implements Resource {

    private static final Fields<OrderLine> OF_LINES = new Fields<OrderLine>().with("id", line -> line.id)
            .with("name", line -> line.name).with("item.id", line -> line.item == null ? null : line.item.id)
            .with("createdTime", line -> line.createdTime).with("refunded", line -> line.refunded)
            .with("exchanged", line -> line.exchanged);
    private static final Set<String> READABLE = Set.of("line_items", "payments", "refunds", "credits", "discounts");
    private static final Set<String> WRITABLE = Set.of("line_items", "bulk_line_items", "payments");

    private final Behaviour behaviour;
    private final OrderWrites writes;

    OrderResource(Behaviour behaviour, Till till) {
        this.behaviour = behaviour;
        this.writes = new OrderWrites(till);
    }

    @Override
    public String permission() {
        return "ORDERS";
    }

    @Override
    public String operation(Call call) {
        List<String> rest = call.rest();
        return switch (rest.size()) {
            case 0 -> call.reads() ? "list" : call.method().equals("POST") ? "create" : null;
            case 1 -> switch (call.method()) {
                case "GET" -> "get";
                case "POST" -> "post";
                case "DELETE" -> "delete";
                default -> null;
            };
            case 2 -> call.reads() && READABLE.contains(rest.get(1))
                    ? rest.get(1) + ".list"
                    : call.method().equals("POST") && WRITABLE.contains(rest.get(1)) ? rest.get(1) + ".create" : null;
            // GET orders/{id}/payments/{pid} is 405: payments/{id} has it (facts, section 4).
            default -> rest.size() == 3 && call.reads() && rest.get(1).equals("line_items") ? "line_items.get" : null;
        };
    }

    @Override
    public void mustExist(Call call) {
        if (call.rest().isEmpty()) {
            return;
        }
        Order order = order(call);
        boolean readable = call.reads() && behaviour.is(Switch.DELETED_ORDERS, "readable");
        if (order == null || (order.deleted() && !readable)) {
            throw CloverError.notFound("Order not found");
        }
        if (call.rest().size() == 3 && line(call, order) == null) {
            throw CloverError.notFound("Line item not found");
        }
    }

    private static Order order(Call call) {
        return call.merchant().sales.orders.find(call.id());
    }

    private static OrderLine line(Call call, Order order) {
        return order.lines.stream().filter(line -> line.id.equals(call.rest().get(2))).findFirst().orElse(null);
    }

    @Override
    public VendorAnswer answer(Call call) {
        Expansion expand = Expansion.of(call, behaviour);
        return switch (operation(call)) {
            case "list" -> list(call, expand);
            case "create" -> one(call, writes.create(call), expand);
            case "get" -> one(call, order(call), expand);
            case "post" -> {
                writes.update(order(call), call.body());
                yield one(call, order(call), expand);
            }
            case "delete" -> {
                writes.delete(order(call));
                yield VendorAnswer.json(200, "{}");
            }
            case "line_items.get" -> ItemJson.answer(call,
                    out -> LineJson.line(out, order(call), line(call, order(call)), expand));
            default -> below(call, order(call), expand);
        };
    }

    private VendorAnswer list(Call call, Expansion expand) {
        SaleBook book = call.merchant().sales;
        List<Filter> filters = SaleFields.OF_ORDERS.parse(call.filters());
        SaleWindow window = SaleWindow.of(filters, behaviour.is(Switch.MODIFIED_TIME_WINDOW, "cut"), book.now());
        boolean deletedToo = filters.stream().anyMatch(filter -> filter.field().equals("deletedTime"));
        List<Order> found = book.orders.query(SaleFields.OF_ORDERS, filters, call.orderBy(),
                order -> order.state != null && (deletedToo || !order.deleted()) && window.holds(order),
                "from " + window.from());
        return ItemJson.list(call, SaleFields.OF_ORDERS.allowed(), out -> {
            for (Order order : call.page(found)) {
                OrderJson.order(out, call.href() + "/" + order.id, order, expand);
            }
        });
    }

    private VendorAnswer below(Call call, Order order, Expansion expand) {
        return switch (operation(call)) {
            case "line_items.list" -> lines(call, order, expand);
            case "payments.list" -> page(call, order.payments, (out, each) -> MoneyJson.payment(out, each, expand));
            case "refunds.list" -> page(call, order.refunds, (out, each) -> MoneyJson.refund(out, each, expand));
            case "credits.list" -> page(call, order.credits, (out, each) -> MoneyJson.credit(out, each, expand));
            case "discounts.list" -> page(call, order.discounts,
                    (out, each) -> LineJson.discount(out, each, "orderRef", order.id));
            case "line_items.create" -> {
                OrderLine line = writes.addLine(order, call.body());
                yield ItemJson.answer(call, out -> LineJson.line(out, order, line, expand));
            }
            case "bulk_line_items.create" -> {
                List<OrderLine> lines = writes.addLines(order, call.body());
                yield ItemJson.answer(call, out -> {
                    out.writeStartArray();
                    for (OrderLine line : lines) {
                        LineJson.line(out, order, line, expand);
                    }
                    out.writeEndArray();
                });
            }
            default -> {
                Payment payment = writes.pay(order, call.body());
                yield ItemJson.answer(call, out -> MoneyJson.payment(out, payment, expand));
            }
        };
    }

    private static VendorAnswer lines(Call call, Order order, Expansion expand) {
        List<OrderLine> found = order.lines.stream().filter(OF_LINES.predicate(OF_LINES.parse(call.filters()))).toList();
        List<OrderLine> sorted = call.orderBy() == null
                ? found
                : found.stream().sorted(OF_LINES.order(call.orderBy())).toList();
        return ItemJson.list(call, OF_LINES.allowed(), out -> {
            for (OrderLine line : call.page(sorted)) {
                LineJson.line(out, order, line, expand);
            }
        });
    }

    private static <T> VendorAnswer page(Call call, List<T> all, SaleJson.Element<T> element) {
        return ItemJson.list(call, "", out -> {
            for (T each : call.page(all)) {
                element.write(out, each);
            }
        });
    }

    private static VendorAnswer one(Call call, Order order, Expansion expand) {
        String href = call.rest().isEmpty() ? call.href() + "/" + order.id : call.href();
        return ItemJson.answer(call, out -> OrderJson.order(out, href, order, expand));
    }
}
