package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a shop sells and where: rows by slot, found by id; deleted rows leave an empty slot, as ids are never used twice. */
final class Catalogue {

    static final IdRange PRODUCTS = new IdRange("Product", 9_801_098_789_170L);
    static final IdRange VARIANTS = new IdRange("ProductVariant", 51_384_734_810_418L);
    static final IdRange ITEMS = new IdRange("InventoryItem", 53_489_632_280_882L);
    static final IdRange LOCATIONS = new IdRange("Location", 106_318_430_514L);
    /** An InventoryLevel's number belongs to the location but is not the location's id (rec). */
    static final IdRange LEVELS = new IdRange("InventoryLevel", 143_273_001_266L);

    private final List<ProductRow> products = new ArrayList<>();
    private final List<VariantRow> variants = new ArrayList<>();
    private final List<LocationRow> locations = new ArrayList<>();
    private final IndexLag<ProductFacts> productIndex;
    private final IndexLag<VariantFacts> variantIndex;
    private final IndexLag<Long> levelIndex;

    Catalogue(Clock clock, LongSupplier lagMs) {
        this.productIndex = new IndexLag<>(clock, lagMs);
        this.variantIndex = new IndexLag<>(clock, lagMs);
        this.levelIndex = new IndexLag<>(clock, lagMs);
    }

    /** By slot, with null where a product is gone. */
    List<ProductRow> products() {
        return Collections.unmodifiableList(products);
    }

    /** By slot, with null where a variant is gone. */
    List<VariantRow> variants() {
        return Collections.unmodifiableList(variants);
    }

    List<LocationRow> locations() {
        return Collections.unmodifiableList(locations);
    }

    Optional<ProductRow> product(Object gid) {
        return at(products, PRODUCTS.slot(Gid.number(PRODUCTS.type(), gid)));
    }

    Optional<VariantRow> variant(Object gid) {
        return at(variants, VARIANTS.slot(Gid.number(VARIANTS.type(), gid)));
    }

    Optional<ItemRow> item(Object gid) {
        return at(variants, ITEMS.slot(Gid.number(ITEMS.type(), gid))).map(ItemRow::new);
    }

    Optional<LocationRow> location(Object gid) {
        return at(locations, LOCATIONS.slot(Gid.number(LOCATIONS.type(), gid)));
    }

    Optional<LevelRow> level(Object gid) {
        return Gid.parse(gid).filter(id -> id.type().equals(LEVELS.type())).flatMap(id -> {
            Optional<LocationRow> location = at(locations, LEVELS.slot(id.number()));
            Optional<VariantRow> variant = at(variants, ITEMS.slot(id.item()));
            return location.flatMap(there -> variant.filter(what -> there.known(what.slot))
                    .map(what -> new LevelRow(there, what)));
        });
    }

    static String gid(LevelRow level) {
        return LEVELS.gid(level.location().slot) + "?inventory_item_id=" + ITEMS.id(level.variant().slot);
    }

    LocationRow addLocation(String name, long now) {
        LocationRow location = new LocationRow(locations.size(), name, now);
        locations.add(location);
        return location;
    }

    ProductRow addProduct(String title, long now, boolean indexed) {
        ProductRow product = new ProductRow(products.size(), title, now);
        if (!indexed) {
            productIndex.remember(product.slot, new ProductFacts.Was(false, null, null, 0));
        }
        products.add(product);
        return product;
    }

    VariantRow addVariant(ProductRow product, String title, long now, boolean indexed) {
        VariantRow variant = new VariantRow(variants.size(), product, title, now);
        if (!indexed) {
            variantIndex.remember(variant.slot, new VariantFacts.Was(false, null, null, null, 0, 0));
        }
        variants.add(variant);
        product.variants.add(variant);
        return variant;
    }

    /** To be called before a variant changes, so that searches see the change late. */
    void changing(VariantRow variant) {
        variantIndex.remember(variant.slot, new VariantFacts.Was(true, variant.sku, variant.barcode, variant.title,
                variant.updatedAt, variant.itemUpdatedAt));
    }

    /** To be called before a product changes. */
    void changing(ProductRow product) {
        productIndex.remember(product.slot,
                new ProductFacts.Was(true, product.title, product.status, product.updatedAt));
    }

    /** To be called before a level changes. */
    void changing(LocationRow location, VariantRow variant) {
        levelIndex.remember(levelKey(location, variant), location.updated(variant.slot));
    }

    /** What searches know of a variant now. */
    VariantFacts indexed(VariantRow variant) {
        return variantIndex.view(variant.slot, variant);
    }

    /** What searches know of a product now. */
    ProductFacts indexed(ProductRow product) {
        return productIndex.view(product.slot, product);
    }

    /** When a level last changed, as far as searches know. */
    long indexedUpdate(LocationRow location, VariantRow variant) {
        return levelIndex.view(levelKey(location, variant), location.updated(variant.slot));
    }

    void remove(VariantRow variant) {
        variant.deleted = true;
        variants.set(variant.slot, null);
        variant.product.variants.remove(variant);
        locations.forEach(location -> location.forget(variant.slot));
    }

    void remove(ProductRow product) {
        new ArrayList<>(product.variants).forEach(this::remove);
        products.set(product.slot, null);
    }

    void clear() {
        products.clear();
        variants.clear();
        locations.clear();
        productIndex.clear();
        variantIndex.clear();
        levelIndex.clear();
    }

    private static long levelKey(LocationRow location, VariantRow variant) {
        return ((long) location.slot << 32) | variant.slot;
    }

    private static <T> Optional<T> at(List<T> rows, int slot) {
        return slot < 0 || slot >= rows.size() ? Optional.empty() : Optional.ofNullable(rows.get(slot));
    }
}
