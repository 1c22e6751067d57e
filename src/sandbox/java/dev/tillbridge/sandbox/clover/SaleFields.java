package dev.tillbridge.sandbox.clover;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What of sales can be filtered and ordered by. Clover: docs.clover.com/dev/reference/ordergetorders and its neighbours. */
final class SaleFields {

    static final Fields<Order> OF_ORDERS = SaleFields.<Order>times().with("deletedTime", order -> time(order.deletedTime))
            .with("state", order -> order.state).with("total", order -> order.total)
            .with("testMode", order -> order.testMode).with("title", order -> order.title).with("note", order -> order.note)
            .with("externalReferenceId", order -> order.externalReferenceId).with("employee.id", order -> order.employee)
            .with("employee.name", SaleFields::employee).with("orderType", order -> order.orderType)
            .with("device.id", order -> order.device).with("payType", order -> order.payType)
            .with("manualTransaction", order -> order.manualTransaction);

    static final Fields<Payment> OF_PAYMENTS = SaleFields.<Payment>times().with("amount", payment -> payment.amount)
            .with("tipAmount", payment -> payment.tip).with("result", payment -> payment.result)
            .with("order.id", payment -> payment.order.id).with("tender.id", payment -> payment.tender)
            .with("employee.id", payment -> payment.employee).with("device.id", payment -> payment.device);

    static final Fields<Refund> OF_REFUNDS = SaleFields.<Refund>times().with("amount", refund -> refund.amount)
            .with("payment.id", refund -> refund.payment.id).with("orderRef.id", refund -> refund.payment.order.id)
            .with("order.id", refund -> refund.payment.order.id);

    static final Fields<Credit> OF_CREDITS = SaleFields.<Credit>times().with("amount", credit -> credit.amount)
            .with("orderRef.id", credit -> credit.order == null ? null : credit.order.id)
            .with("order.id", credit -> credit.order == null ? null : credit.order.id);

    private SaleFields() {}

    private static <T extends SaleRow> Fields<T> times() {
        return new Fields<T>().with("id", row -> row.id).with("createdTime", row -> row.createdTime)
                .with("modifiedTime", row -> row.modifiedTime).with("clientCreatedTime", row -> row.clientCreatedTime);
    }

    private static Long time(long millis) {
        return millis == 0 ? null : millis;
    }

    private static String employee(Order order) {
        ObjectNode employee = order.employee == null ? null : order.merchant.collection("employees").find(order.employee);
        return employee == null ? null : employee.path("name").textValue();
    }
}
