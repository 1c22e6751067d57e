package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.SeedRow;

/**
 * A shop's data: the catalogue with its levels, and the metafields. Every change goes through here, so that times rise and the
 * search index lags. Changes made here are changes made in the shop's admin; the API's mutations use the same methods.
 */
final class ShopifyBook implements CatalogTarget {

    private static final List<String> PLACES = List.of("Shop location", "Warehouse", "Downtown", "Airport", "Harbour");

    private final Clock clock;
    private final ShopEvents events;
    private final IntSupplier decimals;
    private final Catalogue catalogue;
    private final Metafields metafields = new Metafields();
    private final OrderBook orders;
    private final OrderStock orderStock = new OrderStock(this);
    private final PlaceBook places;
    private ProductRow seeding;
    private int seedingNumber = -1;

    /**
     * @param decimals of the shop's currency
     * @param events is told of every change but seeding
     */
    ShopifyBook(Clock clock, LongSupplier lagMs, IntSupplier decimals, ShopEvents events) {
        this.events = events;
        this.decimals = decimals;
        this.clock = clock;
        this.catalogue = new Catalogue(clock, lagMs);
        this.orders = new OrderBook(clock, lagMs, events);
        this.places = new PlaceBook(clock, catalogue, events);
        clear(1);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Metafields metafields() {
        return metafields;
    }

    OrderBook orders() {
        return orders;
    }

    OrderStock orderStock() {
        return orderStock;
    }

    PlaceBook places() {
        return places;
    }

    long now() {
        return clock.millis();
    }

    /** An order goes with the catalogue it was sold from. */
    @Override
    public void clear(int count) {
        Set<String> owners = new HashSet<>();
        catalogue.products().stream().filter(Objects::nonNull).forEach(each -> owners.add(Catalogue.PRODUCTS.gid(each.slot)));
        catalogue.variants().stream().filter(Objects::nonNull).forEach(each -> owners.add(Catalogue.VARIANTS.gid(each.slot)));
        orders.rows().stream().filter(Objects::nonNull).forEach(each -> owners.add(each.gid()));
        owners.forEach(metafields::forget);
        orders.clear();
        catalogue.clear();
        seeding = null;
        seedingNumber = -1;
        for (int number = 0; number < count; number++) {
            catalogue.addLocation(number < PLACES.size() ? PLACES.get(number) : "Location " + (number + 1), clock.millis());
        }
    }

    /** A seeded row was there long ago: searches see it at once. */
    @Override
    public void add(SeedRow row) {
        SeedRow.ShopVariant given = row.shop();
        if (given == null) {
            return;
        }
        if (seeding == null || given.product() != seedingNumber) {
            seeding = catalogue.addProduct(given.productTitle(), clock.millis(), true);
            seedingNumber = given.product();
        }
        fill(catalogue.addVariant(seeding, given.title(), clock.millis(), true), given);
    }

    /** Adds a product with its variants, as a person does in the admin; searches see it late. */
    ProductRow addProduct(String title, List<SeedRow.ShopVariant> variants) {
        ProductRow product = catalogue.addProduct(title, clock.millis(), false);
        for (SeedRow.ShopVariant each : variants) {
            VariantRow variant = catalogue.addVariant(product, each.title(), clock.millis(), false);
            fill(variant, each);
            told(variant);
        }
        events.product(WebhookTopic.PRODUCTS_CREATE, product);
        return product;
    }

    /** Adds a variant to a product that is there. */
    VariantRow addVariant(ProductRow product, SeedRow.ShopVariant given) {
        VariantRow variant = catalogue.addVariant(product, given.title(), clock.millis(), false);
        fill(variant, given);
        product.updatedAt = clock.millis();
        told(variant);
        events.product(WebhookTopic.PRODUCTS_UPDATE, product);
        return variant;
    }

    /** A new variant brings its item and its levels. */
    private void told(VariantRow variant) {
        events.item(WebhookTopic.INVENTORY_ITEMS_CREATE, variant);
        catalogue.locations().stream().filter(each -> each.stocked(variant.slot))
                .forEach(each -> events.level(WebhookTopic.INVENTORY_LEVELS_CONNECT, variant, each));
    }

    /**
     * The variants with this SKU; Shopify does not keep SKUs unique.
     *
     * @throws NoSuchElementException if there is none
     */
    List<VariantRow> bySku(String sku) {
        List<VariantRow> found = new ArrayList<>();
        for (VariantRow each : catalogue.variants()) {
            if (each != null && sku.equals(each.sku)) {
                found.add(each);
            }
        }
        if (found.isEmpty()) {
            throw new NoSuchElementException("No variant has the SKU \"" + sku + "\".");
        }
        return found;
    }

    /**
     * The location with this id, or the first one for null.
     *
     * @throws NoSuchElementException if there is none
     */
    LocationRow location(String gidOrNumber) {
        if (gidOrNumber == null) {
            return catalogue.locations().get(0);
        }
        return catalogue.location(gidOrNumber)
                .orElseThrow(() -> new NoSuchElementException("There is no location \"" + gidOrNumber + "\"."));
    }

    /**
     * Sets a quantity. Stocks the item at the location if it is not (from 2026-10 on any location is accepted). The level's
     * updatedAt moves, the variant's and the product's do not: whether they do is not settled (facts section 3), and the
     * service must not rely on it.
     *
     * @param quantity available, committed, reserved, damaged, safety_stock, quality_control or incoming
     */
    void setQuantity(VariantRow variant, LocationRow location, String quantity, int value) {
        catalogue.changing(location, variant);
        places.connect(variant, location);
        location.set(variant.slot, quantity, value, clock.millis());
        if (quantity.equals("available")) {
            events.level(WebhookTopic.INVENTORY_LEVELS_UPDATE, variant, location);
        }
    }

    /** Runs a change of a variant's own fields and moves the updatedAt of variant, item and product. */
    void change(VariantRow variant, Runnable change) {
        catalogue.changing(variant);
        catalogue.changing(variant.product);
        String sku = variant.sku;
        boolean tracked = variant.tracked;
        change.run();
        long now = clock.millis();
        variant.updatedAt = now;
        variant.product.updatedAt = now;
        if (tracked != variant.tracked || !Objects.equals(sku, variant.sku)) {
            variant.itemUpdatedAt = now;
            events.item(WebhookTopic.INVENTORY_ITEMS_UPDATE, variant);
        }
        events.product(WebhookTopic.PRODUCTS_UPDATE, variant.product);
    }

    /** Runs a change of a product's own fields and moves its updatedAt. */
    void change(ProductRow product, Runnable change) {
        catalogue.changing(product);
        change.run();
        product.updatedAt = clock.millis();
        events.product(WebhookTopic.PRODUCTS_UPDATE, product);
    }

    /** Deletes a variant; with the last one its product goes, too. Its id and its item's id are never used again. */
    void delete(VariantRow variant) {
        if (variant.product.variants.size() == 1) {
            delete(variant.product);
            return;
        }
        metafields.forget(Catalogue.VARIANTS.gid(variant.slot));
        events.item(WebhookTopic.INVENTORY_ITEMS_DELETE, variant);
        change(variant.product, () -> catalogue.remove(variant));
    }

    void delete(ProductRow product) {
        metafields.forget(Catalogue.PRODUCTS.gid(product.slot));
        product.variants.forEach(each -> metafields.forget(Catalogue.VARIANTS.gid(each.slot)));
        product.variants.forEach(each -> events.item(WebhookTopic.INVENTORY_ITEMS_DELETE, each));
        events.product(WebhookTopic.PRODUCTS_DELETE, product);
        catalogue.remove(product);
    }

    void delete(OrderRow order) {
        metafields.forget(order.gid());
        orders.delete(order);
    }

    private void fill(VariantRow variant, SeedRow.ShopVariant given) {
        variant.sku = given.sku();
        variant.barcode = given.barcode();
        variant.price = BigDecimal.valueOf(given.price(), decimals.getAsInt());
        variant.tracked = given.tracked();
        for (int place = 0; place < given.available().size() && place < catalogue.locations().size(); place++) {
            LocationRow location = catalogue.locations().get(place);
            location.stock(variant.slot, clock.millis());
            location.set(variant.slot, "available", given.available().get(place), clock.millis());
        }
    }
}
