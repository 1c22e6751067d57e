package dev.tillbridge.shopify;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.channel.AdjustedLevels;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.Integration;
import dev.tillbridge.channel.ProductPage;
import dev.tillbridge.channel.ShippingMethods;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.ShopProfile;
import dev.tillbridge.channel.StockAdjustment;
import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.Storefront;
import dev.tillbridge.channel.WebhookDelivery;
import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.shipment.ShippedOrder;
import dev.tillbridge.shipment.ShippedPage;

/** Shopify, by its GraphQL Admin API. */
@ApplicationScoped
public class ShopifyConnector implements Storefront {

    /** One label before {@code .myshopify.com}: no scheme, port, path, address or trailing dot can hide in it. */
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}\\.myshopify\\.com");

    private static final Duration SHOWN = Duration.ofDays(60);

    static final String KEY = "shopify";

    private static final Integration INTEGRATION = new Integration(KEY, "storefront", "Shopify", List.of(
            new Integration.Field("shopDomain", "Shop domain", "The permanent domain that ends in .myshopify.com", false,
                    List.of()),
            new Integration.Field("accessToken", "Admin API access token",
                    "Of a custom app of this shop; leave it empty where you enter client id and secret", true, List.of()),
            new Integration.Field("clientId", "Client ID",
                    "Of an app made in the Dev Dashboard, in the same organisation as the shop", false, List.of()),
            new Integration.Field("clientSecret", "Client secret",
                    "Of the same app; also needed to verify webhooks", true, List.of())),
            ShopifyProfiles.SCOPES);

    private final ShopifyProfiles profiles;
    private final BulkCatalog bulk;
    private final ShopifyPages pages;
    private final ShopifyProducts products;
    private final ShopifyStock stock;
    private final ShopifyOrders orders;
    private final ShipmentReader shipments;
    private final ShippingMethodReader shippingMethods;
    private final WebhookSubscriptions subscriptions;
    private final ShopifySessions sessions;

    ShopifyConnector(ShopifyProfiles profiles, BulkCatalog bulk, ShopifyPages pages, ShopifyProducts products,
            ShopifyStock stock, ShopifyOrders orders, ShipmentReader shipments, ShippingMethodReader shippingMethods,
            WebhookSubscriptions subscriptions, ShopifySessions sessions) {
        this.profiles = profiles;
        this.bulk = bulk;
        this.pages = pages;
        this.products = products;
        this.stock = stock;
        this.orders = orders;
        this.shipments = shipments;
        this.shippingMethods = shippingMethods;
        this.subscriptions = subscriptions;
        this.sessions = sessions;
    }

    @Override
    public Integration integration() {
        return INTEGRATION;
    }

    @Override
    public boolean isShopDomain(String domain) {
        return domain != null && DOMAIN.matcher(domain.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public Uni<ShopProfile> profile(ShopConnection shop) {
        return profiles.profile(shop);
    }

    @Override
    public Uni<ShippingMethods> shippingMethods(ShopConnection shop) {
        return shippingMethods.read(shop);
    }

    @Override
    public Uni<Void> prepare(ShopConnection shop) {
        return profiles.prepare(shop);
    }

    @Override
    public Multi<CatalogPage> catalog(ShopConnection shop, Set<String> metafields) {
        return bulk.read(shop, metafields);
    }

    @Override
    public Multi<CatalogPage> variantsSince(ShopConnection shop, Instant since, Set<String> metafields) {
        return pages.variantsSince(shop, since, metafields);
    }

    @Override
    public Multi<ProductPage> productsSince(ShopConnection shop, Instant since) {
        return products.since(shop, since);
    }

    @Override
    public Uni<Map<String, String>> firstCollections(ShopConnection shop, Collection<String> productIds) {
        return products.firstCollections(shop, productIds);
    }

    @Override
    public Multi<CatalogPage> levelsSince(ShopConnection shop, String locationId, Instant since) {
        return pages.levelsSince(shop, locationId, since);
    }

    @Override
    public Uni<List<Level>> levels(ShopConnection shop, List<String> inventoryItemIds, Collection<String> locationIds) {
        return stock.levels(shop, inventoryItemIds, locationIds, Priority.STOCK);
    }

    @Override
    public Uni<AdjustedLevels> adjust(ShopConnection shop, StockAdjustment adjustment) {
        return stock.adjust(shop, adjustment);
    }

    @Override
    public void forget(ShopConnection shop) {
        sessions.forget(shop);
    }

    @Override
    public Uni<CreatedOrder> createOrder(ShopConnection shop, OrderDraft draft, BooleanSupplier mayStart) {
        return orders.create(shop, draft, mayStart);
    }

    @Override
    public Uni<List<FoundOrder>> findOrders(ShopConnection shop, String identity) {
        return orders.find(shop, identity);
    }

    @Override
    public Multi<List<FoundOrder>> ordersCreatedSince(ShopConnection shop, Instant since) {
        return orders.createdSince(shop, since);
    }

    @Override
    public Multi<List<StoreOrderTotals>> orderTotalsSince(ShopConnection shop, Instant since) {
        return orders.totalsSince(shop, since);
    }

    /** Sixty days, unless Shopify granted more (shopify.dev/docs/api/usage/access-scopes). */
    @Override
    public Uni<Duration> ordersShownFor(ShopConnection shop) {
        return profile(shop).map(profile -> profile.scopesGranted().contains(ShopifyFailures.ALL_ORDERS) ? null : SHOWN);
    }

    @Override
    public Uni<StoreOrder> order(ShopConnection shop, String orderId) {
        return orders.order(shop, orderId);
    }

    @Override
    public Uni<Void> markPaid(ShopConnection shop, String orderId) {
        return orders.markPaid(shop, orderId);
    }

    @Override
    public Uni<String> refund(ShopConnection shop, RefundDraft draft) {
        return orders.refund(shop, draft);
    }

    @Override
    public Uni<Void> cancelFulfillment(ShopConnection shop, String fulfillmentId) {
        return orders.cancelFulfillment(shop, fulfillmentId);
    }

    @Override
    public Uni<String> cancelOrder(ShopConnection shop, String orderId, String staffNote) {
        return orders.cancel(shop, orderId, staffNote);
    }

    @Override
    public Uni<Boolean> jobDone(ShopConnection shop, String jobId) {
        return orders.jobDone(shop, jobId);
    }

    @Override
    public Multi<ShippedPage> ordersShippedSince(ShopConnection shop, Instant since) {
        return shipments.since(shop, since);
    }

    @Override
    public Uni<ShippedOrder> shippedOrder(ShopConnection shop, String orderId) {
        return shipments.order(shop, orderId);
    }

    @Override
    public Uni<CatalogPage> product(ShopConnection shop, String productId, Set<String> metafields) {
        return products.product(shop, productId, metafields);
    }

    @Override
    public WebhookDelivery delivery(UnaryOperator<String> header) {
        return ShopifyWebhooks.delivery(header);
    }

    @Override
    public boolean signed(WebhookDelivery delivery, byte[] body, Secret secret) {
        return ShopifyWebhooks.signed(delivery, body, secret);
    }

    @Override
    public StoreNews news(WebhookDelivery delivery, byte[] body) {
        return ShopifyWebhooks.news(delivery, body);
    }

    @Override
    public Uni<Integer> endSubscriptions(ShopConnection shop, URI address) {
        return subscriptions.end(shop, address);
    }

    @Override
    public Uni<Subscriptions> keepSubscriptions(ShopConnection shop, URI address) {
        return subscriptions.keep(shop, address);
    }
}
