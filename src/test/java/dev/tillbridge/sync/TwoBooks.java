package dev.tillbridge.sync;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.Controls;

/** A shop and its tills as the sandbox's books have them, held against each other: orders, money, units. */
public final class TwoBooks {

    /** What the merchant chose for a sale. */
    public record Choices(boolean skipUnpaid, boolean tips, String refundRestock) {}

    private static final List<String> PAID = List.of("PAID", "PARTIALLY_REFUNDED", "REFUNDED");

    private final Controls sandbox;
    private final String shop;
    private final List<String> merchants;
    private final Map<String, Choices> choices = new HashMap<>();
    private final Map<String, BigDecimal> stock = new TreeMap<>();

    /** Stock as it is now, before the first sale. */
    public TwoBooks(Controls sandbox, String shop, List<String> merchants) {
        this.sandbox = sandbox;
        this.shop = shop;
        this.merchants = merchants;
        state().stock().forEach(row -> stock.put(row.path("sku").asText(), number(row.path("shopify"))));
    }

    /** Both books: the orders of all tills. */
    private record State(List<JsonNode> tillOrders, JsonNode shopOrders, JsonNode stock) {}

    private State state() {
        List<JsonNode> orders = new ArrayList<>();
        JsonNode state = null;
        for (String merchant : merchants) {
            state = sandbox.send("GET", "/state?shop=" + shop + "&merchantId=" + merchant, "");
            state.path("cloverOrders").forEach(orders::add);
        }
        return new State(orders, state.path("shopifyOrders"), state.path("stock"));
    }

    /** Null where it is not counted. */
    private static BigDecimal number(JsonNode quantity) {
        return quantity.isNumber() ? quantity.decimalValue() : null;
    }

    /** Units that the web shop sold. */
    public synchronized void soldOnTheWeb(String sku, int units) {
        stock.computeIfPresent(sku, (known, before) -> before.subtract(BigDecimal.valueOf(units)));
    }

    public synchronized void sold(List<String> orders, Choices chosen) {
        orders.forEach(order -> choices.put(order, chosen));
    }

    /** The first thing in which the books differ, of these sales and of the stock; null where they agree. */
    public synchronized String divergence(List<String> orders) {
        State state = state();
        Map<String, JsonNode> till = new HashMap<>();
        state.tillOrders().forEach(order -> till.put(order.path("id").asText(), order));
        String ofOrders = orders.stream().flatMap(id -> till.containsKey(id)
                ? order(till.get(id), choices.get(id), state.shopOrders())
                : Stream.of("sale " + id + " is still on its way to the till's book")).findFirst().orElse(null);
        return ofOrders != null ? ofOrders : units(till, state.stock());
    }

    /** Items, as {@code merchant id/item id}, of sales that were tried out or taken back: a till may keep what they took off its stock. */
    public Set<String> itemsOfGone() {
        return state().tillOrders().stream().filter(TwoBooks::gone)
                .flatMap(sale -> stream(sale.path("lines"))
                        .map(goods -> sale.path("merchantId").asText() + "/" + goods.path("itemId").asText()))
                .collect(Collectors.toSet());
    }

    /** The till of each of the sales that are neither paid nor taken back. */
    public Map<String, String> openByTill(List<String> orders) {
        return state().tillOrders().stream()
                .filter(sale -> !paid(sale) && !gone(sale) && orders.contains(sale.path("id").asText()))
                .collect(Collectors.toMap(sale -> sale.path("id").asText(), sale -> sale.path("merchantId").asText()));
    }

    /** Those of the sales that are neither paid nor taken back. */
    List<String> open(List<String> orders) {
        return List.copyOf(openByTill(orders).keySet());
    }

    /** From now on the stock is taken to be right as it is: what was wrong is told once. */
    void forgiveStock() {
        State state = state();
        Map<String, BigDecimal> off = off(state.tillOrders());
        state.stock().forEach(row -> stock.put(row.path("sku").asText(), row.path("shopify").decimalValue()
                .add(whole(off.get(row.path("sku").asText())))));
    }

    private static Stream<String> order(JsonNode sale, Choices chosen, JsonNode shop) {
        String id = sale.path("id").asText();
        List<JsonNode> standing = stream(shop).filter(order -> !order.path("cancelled").asBoolean()
                && order.path("sourceIdentifier").asText().matches(id + "(-\\d+)?")).toList();
        boolean paid = paid(sale);
        int wanted = gone(sale) || (!paid && chosen.skipUnpaid()) ? 0 : 1;
        if (standing.size() != wanted) {
            return Stream
                    .of("sale " + id + ": " + standing.size() + " orders instead of " + wanted + "; till " + sale + ", shop "
                            + stream(shop).filter(order -> order.path("sourceIdentifier").asText().startsWith(id)).toList());
        }
        return standing.stream().flatMap(order -> money(sale, order, chosen, paid)
                .map(difference -> "sale " + id + ": " + difference + "; till " + sale + ", shop " + order));
    }

    private static Stream<String> money(JsonNode sale, JsonNode order, Choices chosen, boolean paid) {
        long total = sale.path("total").asLong() + (chosen.tips() ? sale.path("tips").asLong() : 0);
        long back = sale.path("refunded").asLong() + sale.path("credited").asLong()
                - (chosen.tips() ? 0 : sale.path("refundedTips").asLong());
        String status = order.path("financialStatus").asText();
        return Stream.of(
                differs("total", total, order.path("total").asText()),
                differs("refunded", back, order.path("refunded").asText()),
                total == 0 || (paid ? PAID.contains(status) : status.equals("PENDING")) ? null : "status " + status)
                .filter(difference -> difference != null);
    }

    private static String differs(String what, long minor, String amount) {
        BigDecimal wanted = BigDecimal.valueOf(minor, 2);
        return wanted.compareTo(new BigDecimal(amount)) == 0 ? null : what + " " + amount + " instead of " + wanted;
    }

    private String units(Map<String, JsonNode> till, JsonNode shop) {
        Map<String, BigDecimal> off = off(till.values());
        return stream(shop).flatMap(row -> {
            String sku = row.path("sku").asText();
            if (stock.get(sku) == null) {
                return Stream.empty();
            }
            BigDecimal wanted = stock.get(sku).subtract(whole(off.get(sku)));
            BigDecimal found = row.path("shopify").decimalValue();
            return found.compareTo(wanted) == 0
                    ? Stream.empty()
                    : Stream.of("stock of " + sku + ": " + found + " instead of " + wanted + ", sold in "
                            + till.values().stream().filter(sale -> sale.path("lines").toString().contains(sku))
                                    .map(sale -> sale.path("id").asText()).toList());
        }).findFirst().orElse(null);
    }

    /** Units off the stock by SKU, fractions included. */
    private Map<String, BigDecimal> off(Iterable<JsonNode> till) {
        Map<String, BigDecimal> off = new HashMap<>();
        till.forEach(sale -> {
            Choices chosen = choices.get(sale.path("id").asText());
            if (chosen != null && paid(sale) && !gone(sale)) {
                sale.path("lines").forEach(goods -> off.merge(goods.path("sku").asText(),
                        goods.path("units").decimalValue().subtract(returned(sale, goods, chosen.refundRestock())),
                        BigDecimal::add));
            }
        });
        return off;
    }

    private static BigDecimal returned(JsonNode sale, JsonNode goods, String restock) {
        long back = sale.path("refunded").asLong() - sale.path("refundedTips").asLong() + sale.path("credited").asLong();
        boolean whole = restock.equals("ALL") && sale.path("total").asLong() > 0 && back >= sale.path("total").asLong();
        return restock.equals("NONE")
                ? BigDecimal.ZERO
                : goods.path(whole ? "units" : "refundedUnits").decimalValue();
    }

    /** What is less than a unit waits for more. */
    private static BigDecimal whole(BigDecimal units) {
        return units == null ? BigDecimal.ZERO : units.setScale(0, RoundingMode.FLOOR);
    }

    /** As the till has it: covered by payments, or closed with rounded cash or with nothing to pay. */
    private static boolean paid(JsonNode sale) {
        long total = sale.path("total").asLong();
        long paid = sale.path("paid").asLong();
        boolean closed = sale.path("state").asText().equalsIgnoreCase("locked");
        return (total > 0 && paid >= total) || (closed && (total == 0 || paid > 0));
    }

    /** Whether nobody wants an order of it: deleted, tried out, or its payments were voided. */
    private static boolean gone(JsonNode sale) {
        return sale.path("deleted").asBoolean() || sale.path("test").asBoolean()
                || (sale.path("paymentState").asText().equals("OPEN") && sale.path("paid").asLong() == 0);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
