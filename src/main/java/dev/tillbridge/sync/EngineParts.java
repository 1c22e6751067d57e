package dev.tillbridge.sync;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.Vertx;

import dev.tillbridge.catalog.LinkMatcher;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.order.DoublesSweep;
import dev.tillbridge.order.OrderStage;
import dev.tillbridge.order.PostingStage;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.PlannerStatistics;
import dev.tillbridge.platform.Traces;
import dev.tillbridge.price.PriceStage;
import dev.tillbridge.product.ProductStage;
import dev.tillbridge.shipment.ShipmentStage;
import dev.tillbridge.stock.StockStage;
import dev.tillbridge.sync.reconcile.Reconciler;

/** What the workers of all stores share: they are made by the engine, one for each store, and so are no beans. */
@ApplicationScoped
class EngineParts {

    private final Vertx vertx;
    private final ChannelDirectory directory;
    private final StorefrontReader storefront;
    private final TillReader till;
    private final LinkMatcher matcher;
    private final StockStage stock;
    private final PriceStage prices;
    private final SalesReader sales;
    private final PostingStage postings;
    private final OrderStage orders;
    private final DoublesSweep doubles;
    private final Reconciler reconciler;
    private final ShippedReader shipped;
    private final ShipmentStage shipments;
    private final ProductStage products;
    private final InboxReader inbox;
    private final StoreHints storeHints;
    private final TillHints tillHints;
    private final WebhookWatch webhooks;
    private final StreamStateRepository states;
    private final SuccessLog successes;
    private final RunRepository runs;
    private final PlannerStatistics statistics;
    private final DatabaseClock clock;
    private final SyncConfig config;
    private final SyncMetrics metrics;
    private final Traces traces;

    EngineParts(Vertx vertx, ChannelDirectory directory, StorefrontReader storefront, TillReader till, LinkMatcher matcher,
            StockStage stock, PriceStage prices, ProductStage products, SalesReader sales, PostingStage postings,
            OrderStage orders, DoublesSweep doubles, Reconciler reconciler, ShippedReader shipped, ShipmentStage shipments,
            InboxReader inbox, StoreHints storeHints, TillHints tillHints, WebhookWatch webhooks,
            StreamStateRepository states, SuccessLog successes, RunRepository runs, PlannerStatistics statistics,
            DatabaseClock clock,
            SyncConfig config,
            SyncMetrics metrics, Traces traces) {
        this.vertx = vertx;
        this.directory = directory;
        this.storefront = storefront;
        this.till = till;
        this.matcher = matcher;
        this.stock = stock;
        this.prices = prices;
        this.sales = sales;
        this.postings = postings;
        this.orders = orders;
        this.doubles = doubles;
        this.reconciler = reconciler;
        this.shipped = shipped;
        this.shipments = shipments;
        this.products = products;
        this.inbox = inbox;
        this.storeHints = storeHints;
        this.tillHints = tillHints;
        this.webhooks = webhooks;
        this.states = states;
        this.successes = successes;
        this.runs = runs;
        this.statistics = statistics;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        this.traces = traces;
    }

    Vertx vertx() {
        return vertx;
    }

    ChannelDirectory directory() {
        return directory;
    }

    StorefrontReader storefront() {
        return storefront;
    }

    TillReader till() {
        return till;
    }

    LinkMatcher matcher() {
        return matcher;
    }

    StockStage stock() {
        return stock;
    }

    PriceStage prices() {
        return prices;
    }

    SalesReader sales() {
        return sales;
    }

    PostingStage postings() {
        return postings;
    }

    OrderStage orders() {
        return orders;
    }

    DoublesSweep doubles() {
        return doubles;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    ShippedReader shipped() {
        return shipped;
    }

    ShipmentStage shipments() {
        return shipments;
    }

    ProductStage products() {
        return products;
    }

    InboxReader inbox() {
        return inbox;
    }

    StoreHints storeHints() {
        return storeHints;
    }

    TillHints tillHints() {
        return tillHints;
    }

    WebhookWatch webhooks() {
        return webhooks;
    }

    StreamStateRepository states() {
        return states;
    }

    SuccessLog successes() {
        return successes;
    }

    PlannerStatistics statistics() {
        return statistics;
    }

    DatabaseClock clock() {
        return clock;
    }

    RunRepository runs() {
        return runs;
    }

    SyncConfig config() {
        return config;
    }

    SyncMetrics metrics() {
        return metrics;
    }

    Traces traces() {
        return traces;
    }
}
