package dev.tillbridge.channel;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.platform.Secret;

/** A storefront with one shop per domain and two active locations; tokens that start with {@code good} are accepted. */
@Alternative
@Singleton
class FakeShop extends NoOrders implements Storefront {

    static final Location MAIN = new Location("101", "Main Street", true, true);
    static final Location WAREHOUSE = new Location("102", "Warehouse", true, false);
    static final Location CLOSED = new Location("103", "Closed", false, false);

    final List<ShopConnection> asked = new CopyOnWriteArrayList<>();
    final List<ShopConnection> prepared = new CopyOnWriteArrayList<>();
    final List<ShopConnection> forgotten = new CopyOnWriteArrayList<>();
    private volatile ConnectorException failure;
    private volatile List<String> missing = List.of();
    private volatile List<String> methods = List.of();

    void reset() {
        asked.clear();
        prepared.clear();
        forgotten.clear();
        failure = null;
        missing = List.of();
        methods = List.of("Standard", "Local delivery");
    }

    void shippingMethods(String... those) {
        methods = List.of(those);
    }

    void failWith(ConnectorException next) {
        failure = next;
    }

    void missing(List<String> scopes) {
        missing = scopes;
    }

    @Override
    public Integration integration() {
        return new Integration("shopify", "storefront", "Shopify", List.of(), List.of());
    }

    @Override
    public boolean isShopDomain(String domain) {
        return domain.matches("[a-z0-9][a-z0-9-]{0,60}\\.myshopify\\.com");
    }

    @Override
    public Uni<ShopProfile> profile(ShopConnection shop) {
        asked.add(shop);
        if (failure != null) {
            return Uni.createFrom().failure(failure);
        }
        var refused = shop.credentials() instanceof ShopConnection.AccessToken access
                && !access.token().reveal().startsWith("good");
        return refused
                ? Uni.createFrom().failure(new ConnectorException.Unauthorized("Shopify does not accept this token."))
                : Uni.createFrom().item(new ShopProfile(shop.shopDomain(), "Demo Store", "USD", false, "America/New_York",
                        List.of(MAIN, WAREHOUSE, CLOSED), List.of("read_products"), missing));
    }

    @Override
    public Uni<ShippingMethods> shippingMethods(ShopConnection shop) {
        return failure == null
                ? Uni.createFrom().item(new ShippingMethods(methods, true))
                : Uni.createFrom().failure(failure);
    }

    @Override
    public Uni<Void> prepare(ShopConnection shop) {
        prepared.add(shop);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Multi<CatalogPage> catalog(ShopConnection shop, Set<String> metafields) {
        return Multi.createFrom().empty();
    }

    @Override
    public Multi<CatalogPage> variantsSince(ShopConnection shop, Instant since, Set<String> metafields) {
        return Multi.createFrom().empty();
    }

    @Override
    public Multi<ProductPage> productsSince(ShopConnection shop, Instant since) {
        return Multi.createFrom().empty();
    }

    @Override
    public Uni<Map<String, String>> firstCollections(ShopConnection shop, Collection<String> productIds) {
        return Uni.createFrom().item(Map.of());
    }

    @Override
    public Multi<CatalogPage> levelsSince(ShopConnection shop, String locationId, Instant since) {
        return Multi.createFrom().empty();
    }

    @Override
    public Uni<List<Level>> levels(ShopConnection shop, List<String> inventoryItemIds, Collection<String> locationIds) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<AdjustedLevels> adjust(ShopConnection shop, StockAdjustment adjustment) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting adjusts stock"));
    }

    @Override
    public void forget(ShopConnection shop) {
        forgotten.add(shop);
    }

    @Override
    public Uni<CatalogPage> product(ShopConnection shop, String productId, Set<String> metafields) {
        return Uni.createFrom().failure(new UnsupportedOperationException("no test of connecting reads products"));
    }

    @Override
    public WebhookDelivery delivery(UnaryOperator<String> header) {
        throw new UnsupportedOperationException("no test of connecting gets webhooks");
    }

    @Override
    public boolean signed(WebhookDelivery delivery, byte[] body, Secret secret) {
        return false;
    }

    @Override
    public StoreNews news(WebhookDelivery delivery, byte[] body) {
        return StoreNews.NOTHING;
    }

    @Override
    public Uni<Integer> endSubscriptions(ShopConnection shop, URI address) {
        return Uni.createFrom().item(0);
    }

    @Override
    public Uni<Subscriptions> keepSubscriptions(ShopConnection shop, URI address) {
        return Uni.createFrom().item(new Subscriptions(0, 0, 0, null));
    }
}
