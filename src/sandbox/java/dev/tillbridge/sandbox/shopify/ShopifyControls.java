package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** What a person does in the shop, through {@code /_sandbox/shopify/*}; {@code shop} defaults to the demo shop. */
final class ShopifyControls {

    private final ShopifySide side;
    private final ShopifySettings settings;

    ShopifyControls(ShopifySide side, ShopifySettings settings) {
        this.side = side;
        this.settings = settings;
    }

    void add(ControlRoutes routes) {
        add(routes, "POST", "/shopify/levels",
                "Changes stock; locationId defaults to the first location, quantity to available.",
                "{\"sku\": \"TB-000001\", \"available\": 7}", this::level);
        add(routes, "POST", "/shopify/variants", "Changes a variant; price as \"19.99\".",
                "{\"sku\": \"TB-000001\", \"price\": \"19.99\", \"newSku\": \"NEW\", \"barcode\": \"123\", \"title\": \"Red\"}",
                this::variant);
        add(routes, "POST", "/shopify/prices", "Changes the price of every variant by an amount.", "{\"add\": \"1.00\"}",
                this::prices);
        add(routes, "DELETE", "/shopify/variants", "Deletes a variant; with the last one its product.", "sku=TB-000001",
                (request, shop) -> {
                    List<VariantRow> variants = found(() -> shop.book().bySku(query(request, "sku")));
                    variants.forEach(shop.book()::delete);
                    return Map.of("deleted", variants.size());
                });
        new ProductControls().add(this, routes);
        add(routes, "DELETE", "/shopify/products", "Deletes the product that has this SKU.", "sku=TB-000001",
                (request, shop) -> {
                    ProductRow product = found(() -> shop.book().bySku(query(request, "sku"))).get(0).product;
                    shop.book().delete(product);
                    return Map.of("deleted", Catalogue.PRODUCTS.gid(product.slot));
                });
        add(routes, "POST", "/shopify/tokens", "Makes a token valid, with the given scopes or all of them.",
                "{\"token\": \"shpat_x\", \"scopes\": [\"read_products\"], \"expiresInSeconds\": 60}", this::token);
        add(routes, "DELETE", "/shopify/tokens", "Revokes a token.", "token=shpat_demo",
                (request, shop) -> Map.of("revoked", shop.tokens().revoke(query(request, "token"))));
        routes.add("POST", "/shopify/shops",
                "Opens a further shop at /<domain>/admin/…, without a catalogue; or changes the given fields of one that is there."
                        + " Without credentials given it has the demo shop's.",
                "{\"domain\": \"second.myshopify.com\", \"name\": \"Second\", \"currency\": \"EUR\", \"taxesIncluded\": true,"
                        + " \"token\": \"shpat_second\", \"clientId\": \"second-app\", \"clientSecret\": \"shpss_second\"}",
                this::shop);
        routes.add("PUT", "/shopify/settings",
                "Search lag, least time of a bulk operation, time of a job (orderCancel), new orders a minute (0: no limit;"
                        + " trial shops have 5), points per second, and the error code the next bulk operation fails"
                        + " with halfway (INTERNAL_SERVER_ERROR, TIMEOUT).",
                "{\"searchLagMs\": 2000, \"bulkMs\": 1000, \"jobMs\": 500, \"ordersPerMinute\": 5, \"pointsPerSecond\": 100,"
                        + " \"failNextBulk\": \"TIMEOUT\"}",
                this::settings);
        OrderControls.add(this, routes);
        DeliveryFields.add(this, routes);
        PlaceControls.add(this, routes);
        AppControls.add(this, routes);
        add(routes, "GET", "/shopify/limits", "Requests refused as THROTTLED, and the bucket of the static tokens.", "",
                (request, shop) -> Map.of("throttled", shop.limits().throttled(), "bucket", shop.limits().status("static")));
    }

    private Object level(ControlRequest request, Shop shop) {
        request.only("shop", "sku", "available", "quantity", "value", "locationId");
        String quantity = request.text("quantity", "available");
        int value = request.has("available") ? request.integer("available", 0) : request.decimal("value").intValueExact();
        LocationRow location = found(() -> shop.book().location(request.text("locationId", null)));
        List<VariantRow> variants = found(() -> shop.book().bySku(request.text("sku")));
        variants.forEach(each -> shop.book().setQuantity(each, location, quantity, value));
        return Map.of("changed", variants.size());
    }

    private Object variant(ControlRequest request, Shop shop) {
        request.only("shop", "sku", "price", "newSku", "barcode", "title", "tracked");
        List<VariantRow> variants = found(() -> shop.book().bySku(request.text("sku")));
        for (VariantRow each : variants) {
            shop.book().change(each, () -> {
                each.price = request.has("price") ? amount(request.body().get("price"), shop.decimals()) : each.price;
                each.sku = request.text("newSku", each.sku);
                each.barcode = request.text("barcode", each.barcode);
                each.title = request.text("title", each.title);
                each.tracked = request.flag("tracked", each.tracked);
            });
        }
        return Map.of("changed", variants.size());
    }

    private Object prices(ControlRequest request, Shop shop) {
        request.only("shop", "add");
        BigDecimal more = amount(request.body().path("add"), shop.decimals());
        List<VariantRow> variants = shop.book().catalogue().variants().stream().filter(Objects::nonNull).toList();
        variants.forEach(each -> shop.book().change(each, () -> each.price = each.price.add(more)));
        return Map.of("changed", variants.size());
    }

    private Object token(ControlRequest request, Shop shop) {
        request.only("shop", "token", "scopes", "expiresInSeconds");
        List<String> scopes = new ArrayList<>();
        request.body().path("scopes").forEach(each -> scopes.add(each.asText()));
        List<String> granted = request.has("scopes") ? scopes : AccessTokens.ALL_SCOPES;
        shop.tokens().find(request.text("token")).filter(before -> !before.scopes().equals(Set.copyOf(granted)))
                .ifPresent(before -> shop.events().scopes(before.scopes(), granted));
        shop.tokens().put(request.text("token"), granted, request.integer("expiresInSeconds", 0));
        return Map.of("token", request.text("token"), "scopes", granted);
    }

    private Object shop(ControlRequest request) {
        request.only("domain", "name", "currency", "taxesIncluded", "timezone", "plan", "token", "clientId",
                "clientSecret");
        String domain = request.text("domain");
        if (!domain.matches("[a-z0-9][a-z0-9-]*\\.myshopify\\.com")) {
            throw new BadControlInput("\"domain\" must be a *.myshopify.com name.");
        }
        Shop there = side.shop(domain);
        Shop.Profile demo = there == null ? Shop.Profile.DEMO : there.profile();
        Shop.Profile given = new Shop.Profile(request.text("name", demo.name()), request.text("currency", demo.currency()),
                request.flag("taxesIncluded", demo.taxesIncluded()), request.text("timezone", demo.timezone()),
                request.text("plan", demo.plan()));
        if (there == null) {
            side.addShop(domain, given);
        } else {
            there.profile(given);
        }
        AccessTokens tokens = side.shop(domain).tokens();
        tokens.credentials(request.text("token", null), request.text("clientId", null), request.text("clientSecret", null));
        Map<String, String> answer = tokens.shown(domain);
        answer.put("domain", domain);
        return answer;
    }

    private Object settings(ControlRequest request) {
        request.only("searchLagMs", "bulkMs", "jobMs", "ordersPerMinute", "pointsPerSecond", "failNextBulk");
        settings.searchLagMs(request.integer("searchLagMs", (int) settings.searchLagMs()));
        settings.bulkMs(request.integer("bulkMs", (int) settings.bulkMs()));
        settings.jobMs(request.integer("jobMs", (int) settings.jobMs()));
        settings.ordersPerMinute(request.integer("ordersPerMinute", settings.ordersPerMinute()));
        settings.pointsPerSecond(request.integer("pointsPerSecond", settings.pointsPerSecond()));
        settings.bulkFailure(request.text("failNextBulk", settings.bulkFailure()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("searchLagMs", settings.searchLagMs());
        answer.put("bulkMs", settings.bulkMs());
        answer.put("jobMs", settings.jobMs());
        answer.put("ordersPerMinute", settings.ordersPerMinute());
        answer.put("pointsPerSecond", settings.pointsPerSecond());
        answer.put("failNextBulk", settings.bulkFailure());
        return answer;
    }

    void add(ControlRoutes routes, String method, String path, String summary, String example,
            BiFunction<ControlRequest, Shop, Object> answer) {
        routes.add(method, path, summary, example, request -> {
            String domain = request.text("shop", request.query().get("shop"));
            Shop shop = side.shop(domain);
            if (shop == null) {
                throw new BadControlInput("There is no shop \"" + domain + "\".");
            }
            return answer.apply(request, shop);
        });
    }

    private static String query(ControlRequest request, String name) {
        return Objects.requireNonNullElseGet(request.query().get(name), () -> {
            throw new BadControlInput("Give ?" + name + "=….");
        });
    }

    static BigDecimal amount(JsonNode price, int decimals) {
        try {
            return new BigDecimal(price.asText()).setScale(decimals);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new BadControlInput("\"price\" must be an amount such as \"19.99\".");
        }
    }

    static <T> T found(java.util.function.Supplier<T> search) {
        try {
            return search.get();
        } catch (NoSuchElementException e) {
            throw new BadControlInput(e.getMessage());
        }
    }
}
