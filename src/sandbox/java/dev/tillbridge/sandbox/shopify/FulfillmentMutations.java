package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** fulfillmentCreate, fulfillmentCancel, fulfillmentTrackingInfoUpdate; user errors have texts only, those of the first recorded. */
final class FulfillmentMutations {

    private static final String SCOPE = "write_merchant_managed_fulfillment_orders";

    private FulfillmentMutations() {}

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class)
                .scoped(SCOPE, "fulfillmentCreate", (root, arguments, call) -> create(arguments.object("fulfillment"), call))
                .scoped(SCOPE, "fulfillmentCancel", (root, arguments, call) -> cancel(arguments.text("id"), call))
                .scoped(SCOPE, "fulfillmentTrackingInfoUpdate", (root, arguments, call) -> track(arguments, call));
    }

    private static Map<String, Object> create(Arguments input, Call call) {
        UserErrors errors = new UserErrors();
        Map<FulfillmentOrderRow.Part, Integer> units = new LinkedHashMap<>();
        List<FulfillmentOrderRow> asked = new ArrayList<>();
        List<?> groups = input.list("lineItemsByFulfillmentOrder");
        checkPositive(groups, errors);
        for (int i = 0; i < groups.size() && errors.none(); i++) {
            Arguments group = Arguments.of(groups.get(i));
            FulfillmentOrderRow found = call.book().orders().fulfillmentOrder(group.text("fulfillmentOrderId")).orElse(null);
            if (found == null || !OrderBook.visible(found.order, call)) {
                errors.add(null, "Fulfillment order does not exist.", "fulfillment");
            } else {
                asked.add(found);
            }
        }
        checkTogether(asked, errors);
        for (int i = 0; i < asked.size() && errors.none(); i++) {
            checkUnits(asked.get(i), Arguments.of(groups.get(i)).list("fulfillmentOrderLineItems"), units, errors);
        }
        if (!errors.none() || asked.isEmpty()) {
            return errors.payload("fulfillment", null);
        }
        OrderRow order = asked.get(0).order;
        List<FulfillmentRow.Tracking> tracking = tracking(input.object("trackingInfo"));
        call.book().orders().change(order,
                () -> new Shipments(call.book()).send(order, asked.get(0).location, units, tracking));
        return errors.payload("fulfillment", order.fulfillments.get(order.fulfillments.size() - 1));
    }

    /** Quantities are looked at before anything else (rec: fulfillment-create-multi-group, unknownBeforeQuantity). */
    private static void checkPositive(List<?> groups, UserErrors errors) {
        for (int i = 0; i < groups.size(); i++) {
            List<?> lines = Arguments.of(groups.get(i)).list("fulfillmentOrderLineItems");
            for (int line = 0; line < lines.size(); line++) {
                if (Arguments.of(lines.get(line)).integer("quantity") < 1) {
                    errors.add(null, "Quantity must be greater than 0", "fulfillment", "lineItemsByFulfillmentOrder", i,
                            "fulfillmentOrderLineItems", line, "quantity");
                }
            }
        }
    }

    private static void checkTogether(List<FulfillmentOrderRow> asked, UserErrors errors) {
        Set<Object> orders = new LinkedHashSet<>();
        Set<Object> locations = new LinkedHashSet<>();
        for (FulfillmentOrderRow each : asked) {
            orders.add(OrderBook.ORDERS.id(each.order.slot));
            locations.add(Catalogue.LOCATIONS.id(each.location.slot));
        }
        if (errors.none() && orders.size() > 1) {
            errors.add(null, "All fulfillment orders must belong to the same order. Multiple orders with ids " + listed(orders)
                    + " were found.", "fulfillment");
        } else if (errors.none() && locations.size() > 1) {
            errors.add(null, "All fulfillment orders must be assigned to a single location. Multiple locations with ids "
                    + listed(locations) + " were found.", "fulfillment");
        }
    }

    private static void checkUnits(FulfillmentOrderRow from, List<?> lines, Map<FulfillmentOrderRow.Part, Integer> units,
            UserErrors errors) {
        if (from.status.equals("CLOSED")) {
            errors.add(null, "Fulfillment order " + from.id + " has an unfulfillable status= closed.", "fulfillment");
            return;
        }
        if (lines.isEmpty()) {
            from.parts.forEach(part -> units.put(part, part.remaining));
        }
        for (Object each : lines) {
            Arguments line = Arguments.of(each);
            FulfillmentOrderRow.Part part = from.parts.stream()
                    .filter(one -> one.id == Gid.number("FulfillmentOrderLineItem", line.text("id"))).findFirst().orElse(null);
            if (part == null) {
                errors.add(null, "Fulfillment order line item does not exist.", "fulfillment");
                return;
            }
            if (units.merge(part, line.integer("quantity"), Integer::sum) > part.remaining) {
                errors.add(null, "Invalid fulfillment order line item quantity requested.", "fulfillment");
                return;
            }
        }
    }

    /** Numbers and urls belong together by their place in the lists. */
    static List<FulfillmentRow.Tracking> tracking(Arguments input) {
        List<Object> numbers = new ArrayList<>(input.list("numbers"));
        List<Object> urls = new ArrayList<>(input.list("urls"));
        if (input.text("number") != null) {
            numbers.add(0, input.text("number"));
        }
        if (input.text("url") != null) {
            urls.add(0, input.text("url"));
        }
        List<FulfillmentRow.Tracking> tracking = new ArrayList<>();
        int count = Math.max(numbers.size(), Math.max(urls.size(), input.text("company") == null ? 0 : 1));
        for (int i = 0; i < count; i++) {
            tracking.add(
                    new FulfillmentRow.Tracking(input.text("company"), i < numbers.size() ? numbers.get(i).toString() : null,
                            i < urls.size() ? urls.get(i).toString() : null));
        }
        return tracking;
    }

    // The texts of the refusals below are not recorded.
    private static Map<String, Object> cancel(String id, Call call) {
        UserErrors errors = new UserErrors();
        FulfillmentRow row = find(id, call);
        if (row == null) {
            errors.add(null, "Fulfillment not found.", "id");
        } else if (row.cancelled) {
            errors.add(null, "Fulfillment is already cancelled.", "id");
        } else {
            cancel(row, call.book());
        }
        return errors.payload("fulfillment", row);
    }

    /** Cancels a fulfilment; units taken by checkout are committed again. */
    static void cancel(FulfillmentRow row, ShopifyBook book) {
        book.orders().change(row.order, () -> {
            new Shipments(book).cancel(row);
            row.parts.forEach(part -> book.orderStock().commitAgain(part.line(), part.quantity()));
        });
    }

    private static Map<String, Object> track(Arguments arguments, Call call) {
        UserErrors errors = new UserErrors();
        FulfillmentRow row = find(arguments.text("fulfillmentId"), call);
        if (row == null) {
            errors.add(null, "Fulfillment does not exist.", "fulfillmentId");
        } else if (row.cancelled) {
            errors.add(null, "Fulfillment is cancelled.", "fulfillmentId");
        } else {
            track(row, tracking(arguments.object("trackingInfoInput")), call.book());
        }
        return errors.payload("fulfillment", row);
    }

    static void track(FulfillmentRow row, List<FulfillmentRow.Tracking> tracking, ShopifyBook book) {
        book.orders().change(row.order, () -> {
            row.tracking = tracking;
            row.updatedAt = book.now();
        });
    }

    private static FulfillmentRow find(String id, Call call) {
        return call.book().orders().fulfillment(id).filter(row -> OrderBook.visible(row.order, call)).orElse(null);
    }

    private static String listed(Set<Object> ids) {
        return ids.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
