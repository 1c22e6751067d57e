package dev.tillbridge.sandbox.control;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;

import dev.tillbridge.sandbox.catalog.CatalogSeed;
import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.Seeder;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.http.VendorSide;

/** Seeding both books, and looking them up. */
final class CatalogCalls {

    private static final String DEMO_MERCHANT = "3D19QN31ANYR5";
    private static final int MOST_VARIANTS = 1_000_000;

    private final Map<String, VendorSide> sides;

    CatalogCalls(Map<String, VendorSide> sides) {
        this.sides = sides;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/seed",
                "A new catalogue on both sides, the old one is forgotten. A share is a count (200) or a part of the variants"
                        + " with a decimal point (0.04); shares do not overlap. \"sides\" limits it to one side: the same"
                        + " seed on another merchant gives the same items. Answers exact counts.",
                "{\"seed\":7,\"variants\":5000,\"duplicates\":200,\"missingIdentifiers\":300,\"untracked\":100,"
                        + "\"perUnit\":50,\"caseMismatch\":0,\"leadingZeros\":0,\"quantityAbsent\":0.05,\"tillOnly\":0,"
                        + "\"locations\":2,\"merchantId\":\"3D19QN31ANYR5\","
                        + "\"shop\":\"tillbridge-demo.myshopify.com\",\"sides\":[\"clover\",\"shopify\"]}",
                this::seed);
        routes.add("GET", "/state",
                "Both books side by side: every order, and stock per SKU (shopify: available summed over locations, null if untracked;"
                        + " clover: quantity, null if never set or no such item). ?sku= for one, ?merchantId= for a till, ?shop= for a shop.",
                "?sku=TB-000001", this::state);
    }

    private Object seed(ControlRequest request) {
        request.only("seed", "variants", "duplicates", "missingIdentifiers", "untracked", "perUnit", "caseMismatch",
                "leadingZeros", "quantityAbsent", "tillOnly", "locations", "merchantId", "shop", "sides");
        int variants = request.integer("variants", 1_000);
        if (variants > MOST_VARIANTS) {
            throw new BadControlInput("\"variants\" is at most " + MOST_VARIANTS + ".");
        }
        CatalogSeed seed = new CatalogSeed(request.integer("seed", 1), variants, share(request, "duplicates", variants),
                share(request, "missingIdentifiers", variants), share(request, "untracked", variants),
                share(request, "perUnit", variants), share(request, "caseMismatch", variants),
                share(request, "leadingZeros", variants), share(request, "quantityAbsent", variants),
                share(request, "tillOnly", variants), request.integer("locations", 1));
        String merchantId = request.text("merchantId", DEMO_MERCHANT);
        List<CatalogTarget> targets = new ArrayList<>();
        wanted(request).forEach(side -> targets.add(sides.get(side).catalog(merchantId, request.text("shop", null))));
        return Seeder.fill(seed, targets);
    }

    private List<String> wanted(ControlRequest request) {
        JsonNode names = request.body().get("sides");
        if (names == null) {
            return List.copyOf(sides.keySet());
        }
        List<String> wanted = new ArrayList<>();
        names.forEach(name -> wanted.add(name.asText()));
        if (!names.isArray() || wanted.isEmpty() || !sides.keySet().containsAll(wanted)) {
            throw new BadControlInput("\"sides\" is a list of " + String.join(", ", sides.keySet()) + ".");
        }
        return wanted;
    }

    private static int share(ControlRequest request, String field, int variants) {
        if (!request.has(field)) {
            return 0;
        }
        BigDecimal value = request.decimal(field);
        boolean part = !request.body().get(field).isIntegralNumber();
        if (value.signum() < 0 || (part && value.compareTo(BigDecimal.ONE) > 0)) {
            throw new BadControlInput("\"" + field + "\" must be a count (200) or a part from 0.0 to 1.0.");
        }
        int count = part
                ? value.multiply(BigDecimal.valueOf(variants)).setScale(0, RoundingMode.HALF_UP).intValue()
                : request.integer(field, 0);
        // One variant alone cannot share its SKU.
        return part && field.equals("duplicates") && count == 1 ? 0 : count;
    }

    private Object state(ControlRequest request) {
        MultiMap query = request.query();
        Map<String, Deque<StockRow>> till = new HashMap<>();
        for (StockRow row : stock("clover", query)) {
            till.computeIfAbsent(String.valueOf(row.sku()), unused -> new ArrayDeque<>()).add(row);
        }
        List<StateRow> rows = new ArrayList<>();
        for (StockRow row : stock("shopify", query)) {
            Deque<StockRow> same = till.get(String.valueOf(row.sku()));
            StockRow item = same == null ? null : same.poll();
            rows.add(new StateRow(row.sku(), row.quantity(), item == null ? null : item.quantity(), row.id(),
                    item == null ? null : item.id()));
        }
        till.values().forEach(left -> left
                .forEach(item -> rows.add(new StateRow(item.sku(), null, item.quantity(), null, item.id()))));
        return ControlApi.object("stock", rows, "shopifyOrders", orders("shopify", query), "cloverOrders",
                orders("clover", query));
    }

    private List<StockRow> stock(String side, MultiMap query) {
        VendorSide vendor = sides.get(side);
        return vendor == null ? List.of() : vendor.stock(query);
    }

    private List<?> orders(String side, MultiMap query) {
        VendorSide vendor = sides.get(side);
        return vendor == null ? List.of() : vendor.orders(query);
    }

    /** One row of {@code GET /_sandbox/state}. */
    record StateRow(String sku, BigDecimal shopify, BigDecimal clover, String variantId, String itemId) {}
}
