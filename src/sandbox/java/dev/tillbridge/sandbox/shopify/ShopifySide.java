package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.control.ControlRoutes;
import dev.tillbridge.sandbox.http.Operation;
import dev.tillbridge.sandbox.http.VendorAnswer;
import dev.tillbridge.sandbox.http.VendorRequest;
import dev.tillbridge.sandbox.http.VendorSide;

/**
 * The simulated Shopify. The demo shop answers at {@code /admin/…} whatever the Host; a shop by its domain at
 * {@code /<domain>/admin/…}, so that a service whose URL template is {@code http://localhost:4182/{shop}} reaches several.
 * Demo credentials: token {@code shpat_demo}; client id {@code tillbridge-demo-app}, secret {@code shpss_demo}.
 */
public final class ShopifySide implements VendorSide {

    /** The shop that is there from the start. */
    public static final String DEMO_SHOP = "tillbridge-demo.myshopify.com";
    /** A token of the demo shop with every scope, valid for ever. */
    public static final String DEMO_TOKEN = AccessTokens.DEMO_TOKEN;
    /** A client id of the demo shop for the client-credentials grant, and its secret. */
    public static final String DEMO_CLIENT_ID = AccessTokens.DEMO_CLIENT_ID;
    public static final String DEMO_CLIENT_SECRET = AccessTokens.DEMO_CLIENT_SECRET;

    private static final String NOT_FOUND_PAGE = "<!DOCTYPE html><html><head><title>Not found</title></head><body>"
            + "<h1>Sorry, this shop is currently unavailable.</h1></body></html>";

    private final SandboxContext context;
    private final ShopifySettings settings;
    private final GraphqlApi api = new GraphqlApi();
    private final AdminEndpoints endpoints;
    private final Map<String, Shop> shops = new LinkedHashMap<>();
    private int opened;

    public ShopifySide(SandboxContext context) {
        this.context = context;
        this.settings = new ShopifySettings(context);
        this.endpoints = new AdminEndpoints(context, api);
        addShop(DEMO_SHOP, Shop.Profile.DEMO);
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public Operation route(VendorRequest request) {
        String whole = request.path();
        if (whole.startsWith(BulkOperations.PATH)) {
            return Operation.of("bulk_result", () -> result(whole));
        }
        int second = whole.indexOf('/', 1);
        boolean named = !whole.startsWith("/admin/") && second > 0;
        String domain = named ? whole.substring(1, second) : DEMO_SHOP;
        String path = named ? whole.substring(second) : whole;
        Shop shop = shops.get(domain);
        if (shop == null || !path.startsWith("/admin/")) {
            return Operation.of("unknown_shop",
                    () -> VendorAnswer.of(404, "text/html; charset=utf-8", Buffer.buffer(NOT_FOUND_PAGE)));
        }
        boolean post = request.method().equals(HttpMethod.POST);
        if (post && path.equals("/admin/oauth/access_token")) {
            return Operation.of("access_token", () -> endpoints.grant(shop, request));
        }
        if (post && path.startsWith("/admin/api/") && path.endsWith("/graphql.json")) {
            String version = path.substring("/admin/api/".length(), path.length() - "/graphql.json".length());
            return endpoints.graphql(shop, version, request);
        }
        return Operation.of("unknown_path", () -> VendorAnswer.json(404, "{\"errors\":\"Not Found\"}"));
    }

    private VendorAnswer result(String path) {
        String[] parts = path.substring(BulkOperations.PATH.length()).split("/", -1);
        Shop shop = shops.get(parts[0]);
        Optional<BulkOperationRow> row = shop == null || parts.length < 2
                ? Optional.empty()
                : shop.bulk().find(Gid.of("BulkOperation", Math.max(0, Gid.number("", parts[1].replace(".jsonl", "")))))
                        .filter(each -> !each.underWay());
        return row
                .map(each -> VendorAnswer.streamed(200, "application/jsonl", new FileChunks(each.file(), each.bytes())))
                .orElseGet(() -> VendorAnswer.of(403, "application/xml",
                        Buffer.buffer("<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code></Error>")));
    }

    /** A 429, as one report has it; the ordinary refusal is a THROTTLED error with HTTP 200 (facts section 5). */
    @Override
    public VendorAnswer tooManyRequests() {
        return endpoints.body(429, Map.of("errors", List.of(GraphqlErrors.throttled()))).with("Retry-After", "2.0");
    }

    @Override
    public VendorAnswer serverError() {
        return endpoints.body(500, Map.of("errors", List.of(Map.of("message",
                "Internal error. Looks like something went wrong on our end.", "extensions",
                Map.of("code", "INTERNAL_SERVER_ERROR", "requestId", "00000000-0000-4000-8000-000000000000")))));
    }

    @Override
    public void controls(ControlRoutes routes) {
        new ShopifyControls(this, settings).add(routes);
    }

    @Override
    public CatalogTarget catalog(String merchantId, String shop) {
        return known(shop).book();
    }

    @Override
    public Map<String, String> open() {
        String domain;
        do {
            domain = String.format(Locale.ROOT, "fleet-%03d.myshopify.com", ++opened);
        } while (shops.containsKey(domain));
        Shop shop = addShop(domain, new Shop.Profile("Fleet " + opened, "USD", false, "America/New_York", "Basic"));
        shop.tokens().credentials("shpat_fleet_" + opened, "fleet-app-" + opened, "shpss_fleet_" + opened);
        return shop.tokens().shown(domain);
    }

    private Shop known(String domain) {
        Shop shop = shop(domain);
        if (shop == null) {
            throw new IllegalArgumentException(
                    "There is no shop " + domain + ". POST /_sandbox/shopify/shops opens one.");
        }
        return shop;
    }

    /** Available units over all locations of the demo shop or {@code ?shop=}; {@code ?sku=} for one SKU. */
    @Override
    public List<StockRow> stock(MultiMap query) {
        String sku = query.get("sku");
        Catalogue catalogue = known(query.get("shop")).book().catalogue();
        List<StockRow> rows = new ArrayList<>();
        for (VariantRow variant : catalogue.variants()) {
            if (variant != null && (sku == null || sku.equals(variant.sku))) {
                long sum = 0;
                for (LocationRow location : catalogue.locations()) {
                    sum += location.stocked(variant.slot) ? location.available(variant.slot) : 0;
                }
                rows.add(new StockRow(variant.sku, Catalogue.VARIANTS.gid(variant.slot),
                        variant.tracked ? java.math.BigDecimal.valueOf(sum) : null));
            }
        }
        return rows;
    }

    /** The orders of the demo shop, or of {@code ?shop=}. */
    @Override
    public List<?> orders(MultiMap query) {
        Shop shop = shop(query.get("shop"));
        return shop == null ? List.of() : OrderState.of(shop.book().orders());
    }

    @Override
    public void reset() {
        shops.values().forEach(shop -> shop.bulk().clear());
        shops.clear();
        settings.reset();
        opened = 0;
        addShop(DEMO_SHOP, Shop.Profile.DEMO);
    }

    /** The shop with this domain, the demo shop for null; null if there is none. */
    Shop shop(String domain) {
        return shops.get(domain == null ? DEMO_SHOP : domain);
    }

    Shop addShop(String domain, Shop.Profile profile) {
        Shop shop = new Shop(domain, profile, context, settings,
                owner -> new BulkOperations(owner, context, settings, api));
        shops.put(domain, shop);
        return shop;
    }
}
