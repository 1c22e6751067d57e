package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.function.Function;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.webhook.WebhookSettings;

/** One simulated shop with everything that belongs to it. */
final class Shop {

    /**
     * @param currency ISO 4217
     * @param timezone IANA name
     * @param plan as {@code plan.publicDisplayName} shows it
     */
    record Profile(String name, String currency, boolean taxesIncluded, String timezone, String plan) {

        static final Profile DEMO = new Profile("Tillbridge Demo", "USD", false, "America/New_York", "Basic");
    }

    private final String domain;
    private Profile profile;
    private final long createdAt;
    private final ShopifyBook book;
    private final Subscriptions subscriptions = new Subscriptions();
    private final WebhookDelivery delivery;
    private final ShopEvents events;
    private final ShippingBook shipping = new ShippingBook();
    private final AccessTokens tokens;
    private final CostLimits limits;
    private final IdempotencyKeys keys;
    private final BulkOperations bulk;
    private final SandboxContext context;
    private final ShopifySettings settings;
    private long groups;

    Shop(String domain, Profile profile, SandboxContext context, ShopifySettings settings,
            Function<Shop, BulkOperations> bulk) {
        this.domain = domain;
        this.profile = profile;
        this.context = context;
        this.settings = settings;
        this.createdAt = context.clock().millis();
        this.delivery = new WebhookDelivery(this, context);
        this.events = new ShopEvents(this, context.vertx(), delivery);
        this.book = new ShopifyBook(context.clock(), settings::searchLagMs, this::decimals, events);
        this.tokens = new AccessTokens(context.clock());
        this.limits = new CostLimits(context.clock(), settings);
        this.keys = new IdempotencyKeys(context.clock(), context.behaviour());
        this.bulk = bulk.apply(this);
    }

    String gid() {
        return Gid.of("Shop", number());
    }

    long number() {
        return 92_891_250_994L + Math.floorMod(domain.hashCode(), 1_000_000);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Takes what its webhooks tell of. */
    ShopEvents events() {
        return events;
    }

    WebhookDelivery delivery() {
        return delivery;
    }

    WebhookSettings webhookSettings() {
        return context.webhooks().settings();
    }

    /** How many variants a product's webhook has at most. */
    int variantsInWebhooks() {
        return context.behaviour().is(Switch.PRODUCT_WEBHOOK_VARIANTS, "cut") ? 100 : Integer.MAX_VALUE;
    }

    /** Whether a change of stock tells of the product, too. */
    boolean stockTellsProduct() {
        return context.behaviour().is(Switch.STOCK_TELLS_PRODUCT, "yes");
    }

    String domain() {
        return domain;
    }

    Profile profile() {
        return profile;
    }

    /** The owner changes it. */
    void profile(Profile changed) {
        profile = changed;
        events.shop();
    }

    /** Decimals of its currency. */
    int decimals() {
        return Currency.getInstance(profile.currency()).getDefaultFractionDigits();
    }

    /** An amount with the currency's decimals, as prices are shown. */
    String money(BigDecimal amount) {
        return amount.setScale(decimals(), RoundingMode.HALF_UP).toPlainString();
    }

    long createdAt() {
        return createdAt;
    }

    ShopifyBook book() {
        return book;
    }

    ShippingBook shipping() {
        return shipping;
    }

    AccessTokens tokens() {
        return tokens;
    }

    CostLimits limits() {
        return limits;
    }

    IdempotencyKeys keys() {
        return keys;
    }

    long now() {
        return context.clock().millis();
    }

    /** The id of the next InventoryAdjustmentGroup. */
    String nextGroup() {
        return Gid.of("InventoryAdjustmentGroup", 54_640_716_251_442L + groups++ * 32_768);
    }

    /** Whether a filter with this switch lags behind writes. */
    boolean lags(Switch which) {
        return context.behaviour().is(which, "lagging");
    }

    /** Whether an order with an {@code id} metafield's value that another order has is refused. */
    boolean refusesDuplicates() {
        return context.behaviour().is(Switch.DUPLICATE_ID_METAFIELD, "refused");
    }

    /** Trial and development shops take 5 new orders a minute (schema: orderCreate); none of the sandbox's unless told. */
    boolean tooManyOrders() {
        return settings.ordersPerMinute() > 0 && book.orders().lastMinute() >= settings.ordersPerMinute();
    }

    /** Runs what Shopify does after its answer. */
    void later(Runnable work) {
        context.vertx().setTimer(Math.max(1, settings.jobMs()), timer -> work.run());
    }

    BulkOperations bulk() {
        return bulk;
    }
}
