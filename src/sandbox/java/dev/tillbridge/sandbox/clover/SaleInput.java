package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;

/** Reads what control calls say of lines, discounts and people, for one merchant. */
final class SaleInput {

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final int MOST_LINES = 5_000;

    private final Merchant merchant;

    SaleInput(Merchant merchant) {
        this.merchant = merchant;
    }

    /** The lines under this name: units of a FIXED item are lines each. */
    List<OrderLine> lines(ControlRequest request, String field, long createdTime) {
        List<OrderLine> lines = new ArrayList<>();
        for (ControlRequest line : each(request, field)) {
            line.only("sku", "itemId", "name", "units", "price", "unitQty", "note", "modifications", "discounts", "taxRates",
                    "refunded", "exchanged", "fee");
            Item item = item(line);
            Long unitQty = unitQty(line, item);
            int count = unitQty == null ? line.integer("units", 1) : 1;
            if (count < 1 || lines.size() + count > MOST_LINES) {
                throw new BadControlInput("\"units\" must be 1 or more, with at most " + MOST_LINES + " lines in all.");
            }
            for (int i = 0; i < count; i++) {
                lines.add(line(line, item, unitQty, createdTime));
            }
        }
        return lines;
    }

    private OrderLine line(ControlRequest request, Item item, Long unitQty, long createdTime) {
        OrderLine line = new OrderLine(merchant.sales.newId(), item);
        line.name = request.text("name", item == null ? null : item.name);
        line.price = item == null ? amount(request, "price") : amount(request, "price", item.price);
        line.unitQty = unitQty;
        line.note = request.text("note", null);
        line.refunded = request.flag("refunded", false);
        line.exchanged = request.flag("exchanged", false);
        line.fee = request.flag("fee", false);
        line.createdTime = createdTime;
        line.discounts = discounts(request);
        line.modifications = each(request, "modifications").stream()
                .map(each -> each.only("name", "amount"))
                .map(each -> new OrderLine.Modification(merchant.sales.newId(), each.text("name"),
                        amount(each, "amount", 0)))
                .toList();
        line.taxRates = each(request, "taxRates").stream().map(this::tax).toList();
        return line;
    }

    private static Long unitQty(ControlRequest line, Item item) {
        if (line.has("unitQty")) {
            return amount(line, "unitQty", 0);
        }
        if (item == null || !item.priceType.equals("PER_UNIT")) {
            return null;
        }
        BigDecimal units = line.has("units") ? line.decimal("units") : BigDecimal.ONE;
        try {
            return units.multiply(THOUSAND).longValueExact();
        } catch (ArithmeticException e) {
            throw new BadControlInput("\"units\" takes three decimals at most.");
        }
    }

    /** Null for a line by name only. */
    private Item item(ControlRequest line) {
        String sku = line.text("sku", null);
        String itemId = line.text("itemId", null);
        if (sku == null && itemId == null) {
            line.text("name");
            return null;
        }
        return merchant.items.all().stream().filter(item -> !item.deleted())
                .filter(item -> itemId == null ? sku.equals(item.sku) : itemId.equals(item.id)).findFirst()
                .orElseThrow(() -> new BadControlInput(404, "The merchant " + merchant.id + " has no item "
                        + (itemId == null ? "with the SKU " + sku : itemId) + "."));
    }

    List<Discount> discounts(ControlRequest request) {
        List<Discount> discounts = new ArrayList<>();
        for (ControlRequest each : each(request, "discounts")) {
            each.only("name", "percentage", "amount");
            if (each.has("percentage") == each.has("amount")) {
                throw new BadControlInput("A discount has either \"percentage\" (whole percent) or \"amount\" (minor units).");
            }
            discounts.add(new Discount(merchant.sales.newId(), each.text("name", "Discount"),
                    each.has("percentage") ? amount(each, "percentage", 0) : null,
                    each.has("amount") ? amount(each, "amount", 0) : null));
        }
        return discounts;
    }

    private OrderLine.Tax tax(ControlRequest request) {
        request.only("name", "rate", "flat");
        Long flat = request.has("flat") ? amount(request, "flat", 0) : null;
        return tax(request.text("name"), flat == null ? amount(request, "rate") : 0, flat);
    }

    /**
     * The merchant's tax rate of this name and rate, made if there is none.
     *
     * @param flat minor units; null where there is a rate
     */
    OrderLine.Tax tax(String name, long rate, Long flat) {
        ObjectStore known = merchant.collection("tax_rates");
        ObjectNode wanted = node().put("name", name).put("rate", rate).put("isDefault", false);
        if (flat != null) {
            wanted.put("taxAmount", flat);
        }
        ObjectNode found = known.all().stream().filter(each -> each.path("name").asText().equals(name))
                .filter(each -> each.path("rate").asLong() == rate)
                .filter(each -> each.path("taxAmount").asLong() == (flat == null ? 0 : flat)).findFirst()
                .orElseGet(() -> known.create(wanted));
        return new OrderLine.Tax(found.get("id").textValue(), name, rate, flat);
    }

    /** Null where none is given. */
    Charge serviceCharge(ControlRequest request) {
        if (!request.has("serviceCharge")) {
            return null;
        }
        ControlRequest charge = nested(request, "serviceCharge", request.body().get("serviceCharge"));
        charge.only("name", "percentageDecimal");
        return new Charge(merchant.sales.newId(), charge.text("name", "Service Charge"),
                amount(charge, "percentageDecimal"));
    }

    /** The id of what has this in one of its texts, such as a tender with its label. */
    String named(String collection, String value, String... fields) {
        String wanted = value.toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (ObjectNode each : merchant.collection(collection).all()) {
            for (String field : fields) {
                String text = each.path(field).asText("").toLowerCase(Locale.ROOT);
                if (text.equals(wanted) || text.equals("com.clover.tender." + wanted)) {
                    return each.get("id").textValue();
                }
            }
            known.add(each.path(fields[0]).asText());
        }
        throw new BadControlInput("The merchant has no " + collection + " named \"" + value + "\", but "
                + String.join(", ", known) + ".");
    }

    /** The customer with this e-mail address or phone number, made if there is none. */
    String customer(String email, String phone) {
        ObjectStore customers = merchant.collection("customers");
        for (ObjectNode each : customers.all()) {
            if ((email == null || each.at("/emailAddresses/elements/0/emailAddress").asText().equals(email))
                    && (phone == null || each.at("/phoneNumbers/elements/0/phoneNumber").asText().equals(phone))) {
                return each.get("id").textValue();
            }
        }
        ObjectNode customer = node().put("firstName", "Till").put("lastName", "Customer").put("marketingAllowed", false)
                .put("customerSince", merchant.sales.serverNow());
        contact(customer, "emailAddresses", email, node().put("emailAddress", email).put("primaryEmail", true));
        contact(customer, "phoneNumbers", phone, node().put("phoneNumber", phone));
        return customers.create(customer).get("id").textValue();
    }

    private void contact(ObjectNode customer, String list, String value, ObjectNode contact) {
        if (value != null) {
            customer.putObject(list).putArray("elements").add(node().put("id", merchant.sales.newId()).setAll(contact));
        }
    }

    /** Epoch milliseconds or ISO 8601; the fallback where none is given. */
    static long time(ControlRequest request, String field, long fallback) {
        if (!request.has(field)) {
            return fallback;
        }
        if (request.body().get(field).isNumber()) {
            return amount(request, field, 0);
        }
        try {
            return Instant.parse(request.text(field)).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new BadControlInput("\"" + field + "\" must be epoch milliseconds or a time such as 2026-11-25T09:00:00Z.");
        }
    }

    /** A whole number, such as minor units; the fallback where none is given. */
    static long amount(ControlRequest request, String field, long fallback) {
        return request.has(field) ? amount(request, field) : fallback;
    }

    /** A whole number that must be there. */
    static long amount(ControlRequest request, String field) {
        try {
            return request.decimal(field).longValueExact();
        } catch (ArithmeticException e) {
            throw new BadControlInput("\"" + field + "\" must be a whole number.");
        }
    }

    /** The objects of a list, which may be absent. */
    static List<ControlRequest> each(ControlRequest request, String field) {
        JsonNode list = request.body().path(field);
        if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
            throw new BadControlInput("\"" + field + "\" must be a list of objects.");
        }
        List<ControlRequest> each = new ArrayList<>();
        list.forEach(node -> each.add(nested(request, field, node)));
        return each;
    }

    private static ControlRequest nested(ControlRequest request, String field, JsonNode node) {
        if (!node.isObject()) {
            throw new BadControlInput("\"" + field + "\" takes objects.");
        }
        return new ControlRequest(node, request.query(), request.path());
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
