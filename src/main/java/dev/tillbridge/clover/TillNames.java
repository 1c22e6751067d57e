package dev.tillbridge.clover;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.order.OrderType;

/** What a till calls its tenders, order types and employees: orders mostly show their ids alone. */
final class TillNames {

    private static final RowList<OrderWire.Tender> TENDERS = RowList.of(CloverOperation.READ_TENDERS, "tenders", null,
            OrderWire.Tender.class);
    private static final RowList<OrderWire.OrderType> ORDER_TYPES = RowList.of(CloverOperation.READ_ORDER_TYPES,
            "order_types", null, OrderWire.OrderType.class);
    private static final RowList<OrderWire.Employee> EMPLOYEES = RowList.of(CloverOperation.READ_EMPLOYEES, "employees",
            null, OrderWire.Employee.class);

    private final CloverTill till;
    private final KeptList<OrderWire.Tender> tenders;
    private final KeptList<OrderWire.OrderType> orderTypes;
    private final KeptList<OrderWire.Employee> employees;

    /** @param nanos monotonic */
    TillNames(CloverTill till, LongSupplier nanos) {
        this.till = till;
        this.tenders = new KeptList<>(() -> new RowReader<>(till, TENDERS, Lane.SALES).all(), nanos);
        this.orderTypes = new KeptList<>(() -> new RowReader<>(till, ORDER_TYPES, Lane.SALES).all(), nanos);
        this.employees = new KeptList<>(() -> new RowReader<>(till, EMPLOYEES, Lane.SALES).all(), nanos);
    }

    /** Only what the order does not show itself is looked up. */
    Uni<WholeOrder.Names> of(WholeOrder whole) {
        return tenders.with(tenderIds(whole)).chain(tender -> orderTypes.with(orderTypeId(whole))
                .chain(type -> employees.with(employeeId(whole))
                        .map(employee -> new WholeOrder.Names(tender, type, employee))));
    }

    private static Set<String> tenderIds(WholeOrder whole) {
        Set<String> ids = new HashSet<>();
        for (OrderWire.Payment payment : whole.payments()) {
            OrderWire.Tender tender = payment.tender();
            if (tender != null && tender.id() != null && (tender.label() == null || tender.labelKey() == null)) {
                ids.add(tender.id());
            }
        }
        return ids;
    }

    private static Set<String> orderTypeId(WholeOrder whole) {
        OrderWire.OrderType type = whole.order().orderType();
        return type == null || type.id() == null || SaleMapper.label(type) != null ? Set.of() : Set.of(type.id());
    }

    private static Set<String> employeeId(WholeOrder whole) {
        OrderWire.Employee employee = whole.order().employee();
        return employee == null || employee.id() == null || employee.name() != null ? Set.of() : Set.of(employee.id());
    }

    /** Those that a person can choose, read anew: somebody may just have made one. One without a label is shown by its id. */
    Uni<List<OrderType>> shownOrderTypes() {
        return new RowReader<>(till, ORDER_TYPES, Lane.INTERACTIVE).all().map(TillNames::shown);
    }

    static List<OrderType> shown(List<OrderWire.OrderType> types) {
        return types.stream().filter(type -> !Boolean.TRUE.equals(type.hidden()) && !Boolean.TRUE.equals(type.deleted()))
                .map(type -> new OrderType(type.id(), SaleMapper.label(type) == null ? type.id() : SaleMapper.label(type)))
                .toList();
    }
}
