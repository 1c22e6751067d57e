package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** orderCreate. The directive {@code @idempotent} has no effect on it: twice the same makes two orders. */
final class OrderCreation {

    private final Arguments given;
    private final Call call;
    private final OrderBook orders;
    private final OrderRow row;

    private OrderCreation(Arguments given, Call call) {
        this.given = given;
        this.call = call;
        this.orders = call.book().orders();
        this.row = orders.begin(given.text("name"), Objects.requireNonNullElse(given.text("currency"),
                call.shop().profile().currency()), given.flag("taxesIncluded"));
    }

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class).scoped("write_orders", "orderCreate",
                (root, arguments, call) -> create(arguments.object("order"), arguments.object("options"), call));
    }

    private static Map<String, Object> create(Arguments order, Arguments options, Call call) {
        UserErrors errors = OrderCheck.of(order, call);
        if (!errors.none()) {
            return errors.payload("order", null);
        }
        if (call.shop().tooManyOrders()) {
            // The shape of this refusal in GraphQL is not settled (facts section 9).
            return errors.add(null, "Too many attempts. Please try again later.").payload("order", null);
        }
        OrderCreation creation = new OrderCreation(order, call);
        creation.head();
        creation.lines();
        creation.discount();
        String behaviour = options.text("inventoryBehaviour");
        boolean bypass = behaviour == null || behaviour.equals("BYPASS");
        OrderStock stock = call.book().orderStock();
        if (!bypass && behaviour.equals("DECREMENT_OBEYING_POLICY") && !stock.enough(creation.row.lines, true)) {
            return errors.add("INVENTORY_CLAIM_FAILED", "Unable to claim inventory", "order", "lineItems").payload("order",
                    null);
        }
        if (!bypass) {
            creation.row.lines.forEach(line -> stock.take(line, null));
        }
        creation.transactions();
        creation.fulfillment();
        call.book().orders().add(creation.row);
        creation.metafields();
        return errors.payload("order", creation.row);
    }

    private void head() {
        long now = call.shop().now();
        row.processedAt = OrderCheck.past(given.text("processedAt"), now);
        row.closedAt = given.text("closedAt") == null ? 0 : OrderCheck.millis(given.text("closedAt"));
        row.presentmentCurrency = Objects.requireNonNullElse(given.text("presentmentCurrency"), row.currency);
        row.sourceName = Objects.requireNonNullElse(given.text("sourceName"), OrderFields.APP);
        row.sourceIdentifier = given.text("sourceIdentifier");
        row.sourceUrl = given.text("sourceUrl");
        row.note = given.text("note");
        row.poNumber = given.text("poNumber");
        row.email = given.text("email");
        row.phone = given.text("phone");
        row.tags = tags(given.list("tags"));
        row.attributes = attributes(given.list("customAttributes"), "key");
        row.taxes = taxes(given.list("taxLines"));
        row.test = given.flag("test");
        row.givenFinancial = given.text("financialStatus");
        customer();
    }

    /** Sorted and each once (rec). */
    static List<String> tags(List<?> given) {
        return given.stream().map(each -> each.toString().strip()).filter(each -> !each.isEmpty()).distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER).toList();
    }

    static List<OrderRow.Attribute> attributes(List<?> given, String key) {
        return given.stream().map(Arguments::of).map(each -> new OrderRow.Attribute(each.text(key), each.text("value")))
                .toList();
    }

    private void customer() {
        Arguments upsert = given.object("customer").object("toUpsert");
        Arguments associate = given.object("customer").object("toAssociate");
        Arguments named = upsert.values().isEmpty() ? associate : upsert;
        if (named.values().isEmpty()) {
            return;
        }
        String email = named.text("email");
        row.customer = orders.customer(email != null ? email : named.text("phone"), named.text("firstName"),
                named.text("lastName"));
        row.email = row.email == null ? email : row.email;
        row.phone = row.phone == null ? named.text("phone") : row.phone;
    }

    private void lines() {
        for (Object each : given.list("lineItems")) {
            Arguments line = Arguments.of(each);
            VariantRow variant = line.text("variantId") == null
                    ? null
                    : call.catalogue().variant(line.text("variantId")).orElseThrow();
            BigDecimal price = Amounts.given(line, "priceSet");
            String title = line.text("title");
            String sku = line.text("sku");
            row.lines.add(new LineRow(orders.nextPart(), row.currency,
                    new LineRow.Text(title == null ? variant.product.title : title,
                            line.text("variantTitle") == null && title == null ? variant.title : line.text("variantTitle"),
                            sku == null && variant != null ? variant.sku : sku),
                    new LineRow.Sold(variant, line.integer("quantity"),
                            price == null ? variant.price : price),
                    line.flag("taxable"), line.flag("requiresShipping"), taxes(line.list("taxLines")),
                    attributes(line.list("properties"), "name")));
        }
        boolean free = given.object("discountCode").value("freeShippingDiscountCode") != null;
        for (Object each : given.list("shippingLines")) {
            Arguments line = Arguments.of(each);
            BigDecimal price = Amounts.given(line, "priceSet");
            row.shippingLines.add(new ShippingRow(orders.nextPart(), line.text("title"), line.text("code"),
                    line.text("source"), price, free ? price : BigDecimal.ZERO, taxes(line.list("taxLines")), row.currency));
        }
    }

    private static List<TaxRow> taxes(List<?> given) {
        return given.stream().map(Arguments::of).map(tax -> {
            BigDecimal amount = Amounts.given(tax, "priceSet");
            return new TaxRow(tax.text("title"), Amounts.parse(tax.text("rate")), amount == null ? BigDecimal.ZERO : amount);
        }).toList();
    }

    /** A discount on items is spread over the lines by their price; the last one takes what rounding leaves. */
    private void discount() {
        Arguments code = given.object("discountCode");
        Arguments fixed = code.object("itemFixedDiscountCode");
        Arguments percentage = code.object("itemPercentageDiscountCode");
        BigDecimal gross = row.lines.stream().map(LineRow::gross).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal whole = BigDecimal.ZERO;
        if (!fixed.values().isEmpty()) {
            row.discountCode = fixed.text("code");
            BigDecimal amount = Amounts.given(fixed, "amountSet");
            whole = amount == null ? BigDecimal.ZERO : amount.min(gross);
        } else if (!percentage.values().isEmpty()) {
            row.discountCode = percentage.text("code");
            String percent = percentage.text("percentage");
            whole = percent == null ? BigDecimal.ZERO : Amounts.cents(gross.multiply(Amounts.parse(percent).movePointLeft(2)));
        } else {
            row.discountCode = code.object("freeShippingDiscountCode").text("code");
        }
        BigDecimal left = whole;
        for (int i = 0; i < row.lines.size() && whole.signum() > 0; i++) {
            LineRow line = row.lines.get(i);
            boolean last = i == row.lines.size() - 1;
            line.discount = last
                    ? left
                    : Amounts.cents(whole.multiply(line.gross()).divide(gross, java.math.MathContext.DECIMAL64));
            left = left.subtract(line.discount);
        }
    }

    private void transactions() {
        long now = call.shop().now();
        for (Object each : given.list("transactions")) {
            Arguments one = Arguments.of(each);
            row.transactions.add(new TransactionRow(orders.nextPart(), one.text("kind"), one.text("status"),
                    one.text("gateway"), Amounts.given(one, "amountSet"), row.currency, now,
                    OrderCheck.past(one.text("processedAt"), now), one.flag("test"), null));
        }
    }

    private void fulfillment() {
        String status = given.text("fulfillmentStatus");
        Arguments wanted = given.object("fulfillment");
        boolean whole = "FULFILLED".equals(status) || !wanted.values().isEmpty();
        row.givenFulfillment = whole ? null : status;
        LocationRow location = call.book().location(wanted.text("locationId"));
        Shipments shipments = new Shipments(call.book());
        shipments.open(row, location);
        if (whole) {
            String number = wanted.text("trackingNumber");
            String company = wanted.text("trackingCompany");
            List<FulfillmentRow.Tracking> tracking = new ArrayList<>();
            if (number != null || company != null) {
                tracking.add(new FulfillmentRow.Tracking(company, number, null));
            }
            shipments.sendAll(row, tracking);
        }
    }

    private void metafields() {
        for (Object each : given.list("metafields")) {
            Arguments one = Arguments.of(each);
            String namespace = MetafieldFields.namespace(one.text("namespace"));
            String type = call.book().metafields().definition("ORDER", namespace, one.text("key"))
                    .map(Metafields.Definition::type).orElse(one.text("type"));
            call.book().metafields().set(row.gid(), "ORDER", namespace, one.text("key"), type, one.text("value"),
                    call.shop().now());
        }
    }
}
