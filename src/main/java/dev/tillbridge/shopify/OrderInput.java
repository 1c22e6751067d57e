package dev.tillbridge.shopify;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.channel.StoreOrders;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.SaleCustomer;

/** Drafts as Shopify's inputs. What a draft leaves open is left out, so that Shopify's own default holds. */
final class OrderInput {

    /** The property that tells a line again; the underscore keeps it from customers (shopify.dev/docs/api/liquid/objects/line_item). */
    static final String LINE_KEY = "_tillbridge_line";

    /** Stock is changed by adjustments of our own, and the till has given the receipt. */
    static final Map<String, Object> OPTIONS = Map.of("inventoryBehaviour", "BYPASS", "sendReceipt", false,
            "sendFulfillmentReceipt", false);

    private OrderInput() {}

    /** As {@code OrderCreateOrderInput}. */
    static Map<String, Object> order(OrderDraft draft) {
        atMost(draft.lines(), "lines");
        atMost(draft.transactions(), "transactions");
        var identity = new OrderIdentity(draft.identity());
        var order = new Fields().add("sourceIdentifier", identity.value()).add("metafields", List.of(identity.metafield()))
                .add("name", draft.name()).add("note", draft.note()).add("sourceName", draft.sourceName())
                .add("sourceUrl", draft.sourceUrl()).add("currency", draft.currency())
                .add("taxesIncluded", draft.taxesIncluded()).add("test", draft.test())
                .add("processedAt", text(draft.processedAt())).add("financialStatus", draft.paid() ? "PAID" : "PENDING")
                .add("tags", draft.tags())
                .add("customAttributes", draft.attributes().stream()
                        .map(attribute -> Map.of("key", attribute.key(), "value", attribute.value())).toList())
                .add("lineItems", draft.lines().stream().map(line -> line(line, draft.currency())).toList())
                .add("transactions", draft.transactions().stream()
                        .map(transaction -> transaction(transaction, draft.currency())).toList());
        if (draft.shippingLine() != null) {
            order.add("shippingLines", List.of(Map.of("title", draft.shippingLine().title(), "priceSet",
                    money(draft.shippingLine().price(), draft.currency()))));
        }
        if (draft.fulfilledAtLocationId() != null) {
            order.add("fulfillment", Map.of("locationId", Gid.of("Location", draft.fulfilledAtLocationId())))
                    .add("fulfillmentStatus", "FULFILLED");
        }
        return customer(order, draft.customer()).all;
    }

    /** As {@code RefundInput}. */
    static Map<String, Object> refund(RefundDraft draft) {
        atMost(draft.lines(), "lines");
        atMost(draft.transactions(), "transactions");
        var orderId = Gid.of("Order", draft.orderId());
        return new Fields().add("orderId", orderId).add("note", draft.note()).add("notify", false)
                .add("allowOverRefunding", false).add("processedAt", text(draft.processedAt()))
                .add("refundLineItems", draft.lines().stream().map(line -> Map.of("lineItemId",
                        Gid.of("LineItem", line.lineId()), "quantity", line.quantity(), "restockType", "NO_RESTOCK")).toList())
                .add("transactions", draft.transactions().stream()
                        .map(transaction -> new Fields().add("orderId", orderId)
                                .add("parentId", Gid.of("OrderTransaction", transaction.parentId())).add("kind", "REFUND")
                                .add("gateway", transaction.gateway()).add("amount", transaction.amount().toPlainString()).all)
                        .toList()).all;
    }

    private static Map<String, Object> line(OrderDraft.Line line, String currency) {
        List<Map<String, Object>> properties = new ArrayList<>();
        line.properties().forEach(property -> properties.add(Map.of("name", property.key(), "value", property.value())));
        properties.add(Map.of("name", LINE_KEY, "value", line.key()));
        var input = new Fields();
        if (line.variantId() != null) {
            input.add("variantId", Gid.of("ProductVariant", line.variantId()));
        }
        input.add("title", line.title()).add("sku", line.sku()).add("quantity", line.quantity())
                .add("priceSet", money(line.unitPrice(), currency)).add("taxable", line.taxable())
                .add("requiresShipping", line.requiresShipping());
        if (!line.taxes().isEmpty()) {
            input.add("taxLines", line.taxes().stream().map(tax -> Map.of("title", tax.title(), "rate",
                    tax.rate().toPlainString(), "priceSet", money(tax.amount(), currency))).toList());
        }
        return input.add("properties", properties).all;
    }

    private static Map<String, Object> transaction(OrderDraft.Transaction transaction, String currency) {
        return new Fields().add("kind", "SALE").add("status", "SUCCESS").add("gateway", transaction.gateway())
                .add("amountSet", money(transaction.amount(), currency))
                .add("processedAt", text(transaction.processedAt())).all;
    }

    /**
     * Only how to reach the buyer, on the order itself. A customer of the shop ({@code customer.toUpsert}) could carry the name
     * too, but takes the scope {@code write_customers}, which merchants are not asked for just to import sales.
     */
    private static Fields customer(Fields order, SaleCustomer customer) {
        return customer == null
                ? order
                : order.add("email", unlessBlank(customer.email())).add("phone", unlessBlank(customer.phone()));
    }

    private static Map<String, Object> money(BigDecimal amount, String currency) {
        return Map.of("shopMoney", Map.of("amount", amount.toPlainString(), "currencyCode", currency));
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String unlessBlank(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void atMost(List<?> list, String what) {
        if (list.size() > StoreOrders.MOST_LINES) {
            throw new IllegalArgumentException("At most " + StoreOrders.MOST_LINES + " " + what + " at once");
        }
    }

    /** Fields of an input; those without a value are left out. */
    private static final class Fields {
        private final Map<String, Object> all = new LinkedHashMap<>();

        Fields add(String name, Object value) {
            if (value != null) {
                all.put(name, value);
            }
            return this;
        }
    }
}
