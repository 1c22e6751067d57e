package dev.tillbridge.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.shipment.ShipmentIntake;

/** Reads by their ids what a store's webhooks hinted at. */
@ApplicationScoped
class StoreHints {

    private static final int LEVELS = 250;
    private static final int AT_ONCE = 4;
    /** More products than this are a flood: what changed in them is read by list. */
    static final int FLOOD = 50;
    /** Reading so many by id takes seconds; more would keep stock waiting. */
    private static final int MOST_BY_ID = 250;

    private final ChannelDirectory directory;
    private final StorefrontReader storefront;
    private final CatalogRepository catalog;
    private final ShipmentIntake shipments;
    private final DatabaseClock clock;

    StoreHints(ChannelDirectory directory, StorefrontReader storefront, CatalogRepository catalog, ShipmentIntake shipments,
            DatabaseClock clock) {
        this.directory = directory;
        this.storefront = storefront;
        this.catalog = catalog;
        this.shipments = shipments;
        this.clock = clock;
    }

    /**
     * @param stored told of what was stored
     * @param shipped told where a sale's note is to be written
     */
    Uni<Void> read(Pass pass, WebhookHint.Kind kind, List<String> ids, Consumer<StoredRows> stored, Runnable shipped) {
        return switch (kind) {
            case LEVEL -> levels(pass, ids, stored);
            case PRODUCT -> many(pass, ids, stored);
            // A new item's product has a webhook of its own; an item that nobody knows yet is of no product known here.
            case INVENTORY_ITEM -> catalog.productsOfItems(pass.fence(), ids)
                    .chain(products -> many(pass, products, stored));
            case ORDER -> orders(pass, ids, shipped);
            case SHOP -> storefront.profile(pass)
                    // Which locations there are decides on what tills may sell.
                    .invoke(() -> stored.accept(new StoredRows(1, 0, 0)));
            case SALE, PAYMENT, ITEM -> Uni.createFrom().failure(new IllegalStateException(kind + " is a till's"));
        };
    }

    /** A level that is not there any more is read as not stocked; an item that is gone has none, its product tells. */
    private Uni<Void> levels(Pass pass, List<String> ids, Consumer<StoredRows> stored) {
        Map<String, List<String>> byLocation = new LinkedHashMap<>();
        for (String id : ids) {
            int slash = id.indexOf('/');
            byLocation.computeIfAbsent(id.substring(slash + 1), location -> new ArrayList<>()).add(id.substring(0, slash));
        }
        return directory.shopConnection(pass.fence().storeId()).chain(shop -> Multi.createFrom().iterable(byLocation.entrySet())
                .onItem().transformToMultiAndConcatenate(entry -> Multi.createFrom().iterable(entry.getValue())
                        .group().intoLists().of(LEVELS)
                        .onItem().transformToUniAndConcatenate(items -> clock.now().chain(asOf -> directory.storefront()
                                .levels(shop, items, List.of(entry.getKey()))
                                .chain(levels -> catalog.storeVariants(pass.fence(),
                                        new CatalogPage(List.of(), levels, asOf, null, -1, List.of())))
                                .invoke(stored))))
                .collect().last().replaceWithVoid());
    }

    /**
     * A flood of hints is mostly one edit of many products, which the list of changes shows a page at a time. By their ids are
     * read those that it does not show (they were deleted, or it lags behind) and those that have lost variants, which it does not
     * tell; where these are many, the whole store is.
     */
    private Uni<Void> many(Pass pass, List<String> ids, Consumer<StoredRows> stored) {
        if (ids.size() <= FLOOD) {
            return products(pass, ids, stored);
        }
        Map<String, ChangedProduct> shown = new HashMap<>();
        return storefront.changes(pass, false, stored, product -> shown.put(product.id(), product))
                .chain(() -> catalog.variantCounts(pass.fence(), shown.keySet()))
                .chain(known -> {
                    List<String> left = ids.stream()
                            .filter(id -> !shown.containsKey(id) || !Objects.equals(shown.get(id).variants(), known.get(id)))
                            .toList();
                    return left.size() <= MOST_BY_ID ? products(pass, left, stored) : storefront.wholeWanted(pass);
                });
    }

    private Uni<Void> products(Pass pass, List<String> ids, Consumer<StoredRows> stored) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : storefront.wanted(pass.fence().storeId()).chain(wanted -> Multi.createFrom().iterable(ids)
                        .onItem().transformToUni(id -> directory.storefront().product(wanted.shop(), id, wanted.metafields())
                                .chain(page -> catalog.storeProduct(pass.fence(), id, page))
                                .invoke(stored))
                        .merge(AT_ONCE).collect().last().replaceWithVoid());
    }

    private Uni<Void> orders(Pass pass, List<String> ids, Runnable shipped) {
        var storeId = pass.fence().storeId();
        return directory.channels(storeId).chain(channels -> channels.stream().noneMatch(ShipmentIntake::wants)
                ? Uni.createFrom().voidItem()
                : Uni.combine().all().unis(directory.store(storeId), directory.shopConnection(storeId)).asTuple()
                        .chain(known -> shipments.read(pass, known.getItem1(), known.getItem2(), channels, ids))
                        .invoke(changed -> {
                            if (changed > 0) {
                                shipped.run();
                            }
                        }).replaceWithVoid());
    }
}
