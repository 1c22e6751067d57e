package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What makes orderCreate refuse. Fields and codes are recorded (order-create-validation-matrix) for the processing time, the
 * customer and the tax rates; the other texts are not.
 */
final class OrderCheck {

    private static final String CLAMPING = "2026-07";

    private final Arguments order;
    private final Call call;
    private final UserErrors errors = new UserErrors();

    private OrderCheck(Arguments order, Call call) {
        this.order = order;
        this.call = call;
    }

    static UserErrors of(Arguments order, Call call) {
        OrderCheck check = new OrderCheck(order, call);
        check.head();
        check.lines();
        check.taxes(order.list("taxLines"), "order", "taxLines");
        List<?> shipping = order.list("shippingLines");
        for (int i = 0; i < shipping.size(); i++) {
            check.taxes(Arguments.of(shipping.get(i)).list("taxLines"), "order", "shippingLines", i, "taxLines");
        }
        check.metafields();
        return check.errors;
    }

    /** The time in milliseconds; Shopify clamps one in the future since 2026-07, before it refused it. */
    static long past(String time, long now) {
        return time == null ? now : Math.min(now, millis(time));
    }

    /** @throws ShopifyError for what is no time */
    static long millis(String time) {
        try {
            return Timestamps.millis(time);
        } catch (java.time.DateTimeException e) {
            throw new ShopifyError("INVALID_VARIABLE", "invalid DateTime '" + time + "'");
        }
    }

    private void head() {
        if (order.text("processedAt") != null && millis(order.text("processedAt")) > call.shop().now()
                && call.version().compareTo(CLAMPING) < 0) {
            errors.add("PROCESSED_AT_INVALID", "Processed at cannot be in the future", "order", "processedAt");
        }
        if (order.text("customerId") != null && order.value("customer") != null) {
            errors.add("REDUNDANT_CUSTOMER_FIELDS", "Only one of customerId and customer can be given", "order");
        }
        if (order.object("discountCode").values().values().stream().filter(java.util.Objects::nonNull).count() > 1) {
            errors.add("INVALID", "Only one discount code can be applied to an order", "order", "discountCode");
        }
        String location = order.object("fulfillment").text("locationId");
        if (location != null && call.catalogue().location(location).filter(each -> each.active).isEmpty()) {
            errors.add("INVALID", "Location does not exist", "order", "fulfillment", "locationId");
        }
    }

    private void lines() {
        List<?> lines = order.list("lineItems");
        if (lines.isEmpty()) {
            errors.add("INVALID", "Line items must have at least one line item", "order", "lineItems");
        }
        boolean taxed = !order.list("taxLines").isEmpty();
        for (int i = 0; i < lines.size(); i++) {
            Arguments line = Arguments.of(lines.get(i));
            if (line.text("variantId") != null) {
                if (call.catalogue().variant(line.text("variantId")).isEmpty()) {
                    errors.add("INVALID", "Variant does not exist", "order", "lineItems", i, "variantId");
                }
            } else if (line.text("title") == null || line.text("title").isBlank()) {
                errors.add("INVALID", "Title can't be blank", "order", "lineItems", i, "title");
            } else if (Amounts.given(line, "priceSet") == null) {
                errors.add("INVALID", "Price can't be blank", "order", "lineItems", i, "priceSet");
            }
            BigDecimal price = Amounts.given(line, "priceSet");
            if (price != null && price.signum() < 0) {
                errors.add("INVALID", "Price must be greater than or equal to 0", "order", "lineItems", i, "priceSet");
            }
            if (line.integer("quantity") < 1) {
                errors.add("INVALID", "Quantity must be greater than 0", "order", "lineItems", i, "quantity");
            }
            // Schema: "on the order or the line items but not both".
            if (taxed && !line.list("taxLines").isEmpty()) {
                errors.add("INVALID", "Tax lines can be specified on the order or the line items, but not both", "order",
                        "taxLines");
                taxed = false;
            }
            taxes(line.list("taxLines"), "order", "lineItems", i, "taxLines");
        }
    }

    private void taxes(List<?> taxes, Object... path) {
        for (int i = 0; i < taxes.size(); i++) {
            String rate = Arguments.of(taxes.get(i)).text("rate");
            if (rate == null || rate.isBlank()) {
                Object[] field = java.util.Arrays.copyOf(path, path.length + 2);
                field[path.length] = i;
                field[path.length + 1] = "rate";
                errors.add("TAX_LINE_RATE_MISSING", "Rate can't be blank", field);
            }
        }
    }

    private void metafields() {
        List<?> metafields = order.list("metafields");
        for (int i = 0; i < metafields.size(); i++) {
            Arguments given = Arguments.of(metafields.get(i));
            String namespace = MetafieldFields.namespace(given.text("namespace"));
            String key = given.text("key");
            Optional<Metafields.Definition> definition = call.book().metafields().definition("ORDER", namespace, key);
            if (key == null || given.text("value") == null) {
                errors.add("INVALID", "Key and value can't be blank", "order", "metafields", i);
            } else if (given.text("type") == null && definition.isEmpty()) {
                errors.add("INVALID", "Type can't be blank", "order", "metafields", i, "type");
            } else if (definition.filter(Metafields.Definition::unique).isPresent() && call.shop().refusesDuplicates()
                    && call.book().metafields().ownerOf("ORDER", namespace, key, given.text("value")).isPresent()) {
                // Not settled (facts section 9). The enum has no TAKEN.
                errors.add("INVALID", "Value has already been taken.", "order", "metafields", i, "value");
            }
        }
    }
}
