package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.MultiMap;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.control.ControlRoutes;
import dev.tillbridge.sandbox.http.Operation;
import dev.tillbridge.sandbox.http.VendorAnswer;
import dev.tillbridge.sandbox.http.VendorRequest;
import dev.tillbridge.sandbox.http.VendorSide;

/** The simulated Clover. */
public final class CloverSide implements VendorSide {

    private final SandboxContext context;
    private final CloverEvents events;
    private final CloverBook book;
    private final CloverApi api;
    private final SaleTraffic traffic;
    private final Map<String, RateLimiter> byToken = new HashMap<>();
    private final Map<String, RateLimiter> byApp = new HashMap<>();
    /** What each admitted request has entered, to be left in the end. */
    private final IdentityHashMap<VendorRequest, List<RateLimiter>> entered = new IdentityHashMap<>();
    private int opened;

    public CloverSide(SandboxContext context) {
        this.context = context;
        this.events = new CloverEvents(context);
        this.book = new CloverBook(context.clock(), context.options().seed(), events);
        this.api = new CloverApi(context, book);
        this.traffic = new SaleTraffic(context.vertx(), book, new Till(context.behaviour()));
    }

    @Override
    public String name() {
        return "clover";
    }

    @Override
    public Operation route(VendorRequest request) {
        return api.route(request);
    }

    /** Calls without a known token are under no limit; they are answered 401. */
    @Override
    public Optional<VendorAnswer> admit(VendorRequest request) {
        Token token = book.token(request.bearerToken());
        if (token == null || !context.limits().enforced(name())) {
            return Optional.empty();
        }
        List<RateLimiter> limiters = new ArrayList<>();
        limiters.add(byToken.computeIfAbsent(token.value(), unused -> RateLimiter.ofToken()));
        if (token.app() != null) {
            limiters.add(byApp.computeIfAbsent(token.app(), unused -> RateLimiter.ofApp()));
        }
        long now = System.nanoTime();
        for (RateLimiter limiter : limiters) {
            Optional<VendorAnswer> refusal = limiter.refusal(now);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        limiters.forEach(limiter -> limiter.enter(now));
        entered.put(request, limiters);
        return Optional.empty();
    }

    @Override
    public void finished(VendorRequest request) {
        List<RateLimiter> limiters = entered.remove(request);
        if (limiters != null) {
            limiters.forEach(RateLimiter::leave);
        }
    }

    @Override
    public VendorAnswer tooManyRequests() {
        return RateLimiter.tooMany().with("X-RateLimit-tokenLimit", "16");
    }

    @Override
    public VendorAnswer serverError() {
        return VendorAnswer.json(500, "{\"message\":\"500 Internal Server Error\"}");
    }

    @Override
    public void controls(ControlRoutes routes) {
        new CloverControls(book, context.behaviour()).addTo(routes);
        Till till = new Till(context.behaviour());
        new SaleControls(book, till).addTo(routes);
        new MoneyControls(book, till).addTo(routes);
        new SaleHistory(book, till).addTo(routes);
        traffic.addTo(routes);
        new HookControls(book, events, context).addTo(routes);
    }

    @Override
    public CatalogTarget catalog(String merchantId, String shop) {
        return new CloverCatalog(book.known(merchantId), book.wholeSeconds());
    }

    @Override
    public Map<String, String> open() {
        Merchant merchant = book.addMerchant(null, "us", "Fleet till " + ++opened);
        return Map.of("merchantId", merchant.id, "region", merchant.region, "token",
                book.newToken(merchant.id, Token.GRANTED_BY_INSTRUCTIONS, null).value());
    }

    @Override
    public List<StockRow> stock(MultiMap query) {
        String merchantId = query.contains("merchantId") ? query.get("merchantId") : CloverBook.DEMO_MERCHANT;
        String sku = query.get("sku");
        Merchant merchant = book.known(merchantId);
        merchant.sales.settle();
        return merchant.items.all().stream().filter(item -> !item.deleted())
                .filter(item -> sku == null || sku.equals(item.sku))
                .map(item -> new StockRow(item.sku, item.id, item.quantity)).toList();
    }

    @Override
    public List<?> orders(MultiMap query) {
        String merchantId = query.contains("merchantId") ? query.get("merchantId") : CloverBook.DEMO_MERCHANT;
        Merchant merchant = book.known(merchantId);
        merchant.sales.settle();
        return merchant.sales.orders.all().stream().map(OrderState::of).toList();
    }

    @Override
    public void reset() {
        traffic.stop();
        book.reset();
        byToken.clear();
        byApp.clear();
        opened = 0;
    }
}
