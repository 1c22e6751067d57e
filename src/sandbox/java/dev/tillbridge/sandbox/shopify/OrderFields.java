package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/** Orders: looked up by id, searched, and what they add up to. */
final class OrderFields {

    /** The number of the app that asks, which orders carry as their source unless told otherwise. */
    static final String APP = "347082227713";

    private OrderFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class)
                .scoped("read_orders", "order",
                        (root, arguments, call) -> call.book().orders().find(arguments.text("id"), call).orElse(null))
                .scoped("read_orders", "orders", (root, arguments, call) -> orders(arguments, call))
                .with("job", (root, arguments, call) -> call.book().orders().job(arguments.text("id")).map(CancelJob::job)
                        .orElse(null));
        FieldTable.Of<OrderRow> type = table.type("Order", OrderRow.class);
        addHead(type);
        addSums(type);
        addParts(type);
        table.type("Customer", OrderRow.Customer.class).plain("id", row -> Gid.of("Customer", row.id()))
                .plain("displayName", row -> (Objects.requireNonNullElse(row.firstName(), "") + " "
                        + Objects.requireNonNullElse(row.lastName(), "")).strip())
                .plain("firstName", OrderRow.Customer::firstName).plain("lastName", OrderRow.Customer::lastName);
    }

    private static void addHead(FieldTable.Of<OrderRow> type) {
        type.plain("id", OrderRow::gid).plain("legacyResourceId", row -> Long.toString(OrderBook.ORDERS.id(row.slot)))
                .plain("name", row -> row.name).plain("number", row -> row.number)
                .plain("app",
                        row -> Map.of("id", Gid.of("App", row.appName.equals("Tillbridge") ? Long.parseLong(APP) : 580_111),
                                "name", row.appName))
                .plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt))
                .plain("processedAt", row -> Timestamps.text(row.processedAt))
                .plain("cancelledAt", row -> row.cancelledAt == 0 ? null : Timestamps.text(row.cancelledAt))
                .plain("cancelReason", row -> row.cancelReason).plain("closed", OrderRow::closed)
                .plain("closedAt", row -> row.closedAt == 0 ? null : Timestamps.text(row.closedAt))
                .plain("confirmed", row -> true).plain("test", row -> row.test)
                .plain("unpaid", row -> row.totals().netPayment().signum() <= 0)
                .plain("fullyPaid", row -> "PAID".equals(row.financialStatus()))
                .plain("canMarkAsPaid", OrderMutations::canMarkAsPaid)
                .plain("capturable", row -> row.totals().capturable().signum() > 0)
                .plain("displayFinancialStatus", OrderRow::financialStatus)
                .plain("displayFulfillmentStatus", OrderRow::fulfillmentStatus).plain("sourceName", row -> row.sourceName)
                .plain("sourceIdentifier", row -> row.sourceIdentifier).plain("registeredSourceUrl", row -> row.sourceUrl)
                .plain("tags", row -> row.tags).plain("note", row -> row.note).plain("poNumber", row -> row.poNumber)
                .plain("email", row -> row.email).plain("phone", row -> row.phone).plain("customer", row -> row.customer)
                .plain("customAttributes", row -> shown(row.attributes)).plain("currencyCode", row -> row.currency)
                .plain("presentmentCurrencyCode", row -> row.presentmentCurrency)
                .plain("taxesIncluded", row -> row.taxesIncluded)
                .plain("taxLines", row -> TaxRow.shown(taxes(row), row.currency))
                .plain("paymentGatewayNames", row -> row.transactions.stream().map(TransactionRow::gateway)
                        .filter(Objects::nonNull).distinct().toList())
                .plain("discountCode", row -> row.discountCode)
                .plain("discountCodes", row -> row.discountCode == null ? List.of() : List.of(row.discountCode));
    }

    private static void addSums(FieldTable.Of<OrderRow> type) {
        Map<String, Function<OrderTotals, BigDecimal>> sums = new LinkedHashMap<>();
        sums.put("subtotalPriceSet", OrderTotals::subtotal);
        sums.put("currentSubtotalPriceSet", OrderTotals::currentSubtotal);
        sums.put("totalShippingPriceSet", OrderTotals::shipping);
        sums.put("totalTaxSet", OrderTotals::tax);
        sums.put("currentTotalTaxSet", OrderTotals::currentTax);
        sums.put("totalDiscountsSet", OrderTotals::discounts);
        sums.put("currentTotalDiscountsSet", OrderTotals::currentDiscounts);
        sums.put("totalPriceSet", OrderTotals::total);
        sums.put("originalTotalPriceSet", OrderTotals::total);
        sums.put("currentTotalPriceSet", OrderTotals::currentTotal);
        sums.put("totalOutstandingSet", OrderTotals::outstanding);
        sums.put("totalReceivedSet", OrderTotals::received);
        sums.put("totalRefundedSet", OrderTotals::refunded);
        sums.put("netPaymentSet", OrderTotals::netPayment);
        sums.put("totalCapturableSet", OrderTotals::capturable);
        sums.put("totalTipReceivedSet", totals -> BigDecimal.ZERO);
        sums.forEach((field, sum) -> type.plain(field, row -> Amounts.bag(sum.apply(row.totals()), row.currency)));
    }

    private static void addParts(FieldTable.Of<OrderRow> type) {
        type.plain("shippingLines", row -> Listing.byId(row.shippingLines, ShippingRow::id))
                .plain("lineItems", row -> Listing.byId(row.lines, line -> line.id))
                .with("transactions", (row, arguments, call) -> first(row.transactions, arguments))
                .with("refunds", (row, arguments, call) -> first(row.refunds, arguments))
                .with("fulfillments", (row, arguments, call) -> first(row.fulfillments, arguments))
                .scoped("read_merchant_managed_fulfillment_orders", "fulfillmentOrders",
                        (row, arguments, call) -> Listing.byId(row.fulfillmentOrders, each -> each.id))
                .with("metafield", (row, arguments, call) -> MetafieldFields.one(row.gid(), arguments, call))
                .with("metafields", (row, arguments, call) -> MetafieldFields.many(row.gid(), arguments, call));
    }

    static <T> List<T> first(List<T> rows, Arguments arguments) {
        Integer first = arguments.integer("first");
        return first == null || first >= rows.size() ? rows : rows.subList(0, Math.max(0, first));
    }

    static List<Map<String, Object>> shown(List<OrderRow.Attribute> attributes) {
        return attributes.stream().map(each -> Map.<String, Object>of("key", each.key(), "value", each.value())).toList();
    }

    private static List<TaxRow> taxes(OrderRow row) {
        List<TaxRow> all = new ArrayList<>(row.taxes);
        row.lines.forEach(line -> all.addAll(line.taxes));
        row.shippingLines.forEach(line -> all.addAll(line.taxes()));
        return all;
    }

    /** Without a filter the orders themselves are listed; with one what the index knows. */
    private static Listing<OrderRow> orders(Arguments arguments, Call call) {
        OrderBook orders = call.book().orders();
        Predicate<OrderRow> filter = Filters.orders(call, arguments.text("query"));
        boolean all = call.grant().allows("read_all_orders");
        long oldest = call.shop().now() - OrderBook.VISIBLE_MS;
        Predicate<OrderRow> wanted = row -> (all || row.createdAt >= oldest) && filter.test(row);
        String key = arguments.text("sortKey");
        if (key == null || key.equals("ID") || key.equals("RELEVANCE")) {
            return Listing.live(orders.rows(), OrderBook.ORDERS, row -> row, row -> row.slot, wanted);
        }
        List<OrderRow> found = new ArrayList<>();
        for (OrderRow row : orders.rows()) {
            if (row != null && wanted.test(row)) {
                found.add(row);
            }
        }
        return Listing.sorted(found, row -> OrderBook.ORDERS.id(row.slot), switch (key) {
            case "UPDATED_AT" -> row -> orders.indexed(row).updatedAt();
            case "CREATED_AT" -> row -> row.createdAt;
            case "PROCESSED_AT" -> row -> row.processedAt;
            case "ORDER_NUMBER" -> row -> (long) row.number;
            default -> throw new ShopifyError("SANDBOX_UNSUPPORTED",
                    "The sandbox does not simulate the sort key " + key + ".");
        });
    }
}
