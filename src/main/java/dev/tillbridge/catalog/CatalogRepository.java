package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.ProductPage;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/**
 * What both sides were last seen to hold. A row is replaced only by a later reading ({@code asOf}), a level never by one
 * earlier than the confirmation of its own last adjustment.
 *
 * <p>Full reads write only what differs. What they saw is kept beside the rows ({@link SeenPages}): a generation in each
 * row would write the whole catalogue anew, 200,000 variants and levels each night and each till's items every few
 * minutes, only to say "still there". So an equal row keeps its earlier time; that is safe because the reads of one side
 * follow each other in one loop, and whatever reads beside them (a single quantity, a level after an adjustment, the rows
 * changed since the cursor) does renew the time, so that a longer read under way cannot put an older value back.
 */
@ApplicationScoped
public class CatalogRepository {

    private static final Logger LOG = Logger.getLogger(CatalogRepository.class);

    private final FencedTransactions transactions;

    CatalogRepository(FencedTransactions transactions) {
        this.transactions = transactions;
    }

    /** Stores a page of rows changed since the cursor. */
    public Uni<StoredRows> storeVariants(Fence fence, CatalogPage page) {
        return transactions.write(fence, connection -> WriteTurn.take(connection, fence.storeId())
                .chain(() -> variants(connection, fence.storeId(), page))
                .call(() -> VariantTable.store(connection, fence.storeId(), page.variants(), page.asOf(), true))
                .call(() -> LevelTable.store(connection, fence.storeId(), page.levels(), page.asOf(), true, false)));
    }

    /**
     * Stores all variants of a product as they were read by its id: such a read skips none, so that those it lacks are gone.
     * Rows read later than it stay.
     */
    public Uni<StoredRows> storeProduct(Fence fence, String productId, CatalogPage whole) {
        return transactions.write(fence, connection -> WriteTurn.take(connection, fence.storeId())
                .chain(() -> variants(connection, fence.storeId(), whole))
                .call(() -> VariantTable.store(connection, fence.storeId(), whole.variants(), whole.asOf(), true))
                .chain(stored -> VariantTable.markGoneOfProduct(connection, fence.storeId(), productId,
                        seen(whole.variants().stream().map(Variant::id), whole.unusable()), whole.asOf())
                        .map(gone -> stored.plus(new StoredRows(gone, 0, gone)))));
    }

    /** The products of these inventory items, as far as they are known. */
    public Uni<List<String>> productsOfItems(Fence fence, Collection<String> inventoryItemIds) {
        return transactions.write(fence,
                connection -> VariantTable.productsOfItems(connection, fence.storeId(), inventoryItemIds));
    }

    /** How many variants of these products are known; those of which none is are left out. */
    public Uni<Map<String, Integer>> variantCounts(Fence fence, Collection<String> productIds) {
        return transactions.write(fence, connection -> VariantTable.counts(connection, fence.storeId(), productIds));
    }

    /** Stores a page of a full read and remembers that its rows were seen in this generation. */
    public Uni<StoredRows> storeVariants(Fence fence, CatalogPage page, long generation) {
        return storeVariants(fence, page, generation, null);
    }

    /**
     * The same, and keeps what it finds to be other than stored for the next reconciliation.
     *
     * @param followedTo up to when, by the store's time, changes had been followed when the read began; null: nothing is compared
     */
    public Uni<StoredRows> storeVariants(Fence fence, CatalogPage page, long generation, Instant followedTo) {
        return transactions.write(fence, connection -> WriteTurn.take(connection, fence.storeId())
                .chain(() -> followedTo == null
                        ? Uni.createFrom().voidItem()
                        : ReadDifferences.ofVariants(connection, fence.storeId(), page.variants(), page.asOf(), followedTo)
                                .chain(() -> ReadDifferences.ofLevels(connection, fence.storeId(), page.levels(), page.asOf(),
                                        followedTo)))
                .chain(() -> variants(connection, fence.storeId(), page))
                .call(() -> SeenPages.add(connection, fence.storeId(), null, "variant", generation,
                        seen(page.variants().stream().map(Variant::id), page.unusable())))
                .call(() -> SeenPages.add(connection, fence.storeId(), null, "level", generation,
                        page.levels().stream().map(LevelTable::seenId).collect(Collectors.toList()))));
    }

    /** Stores what products changed since the cursor say of themselves. */
    public Uni<StoredRows> storeProducts(Fence fence, ProductPage page) {
        return transactions.write(fence, connection -> WriteTurn.take(connection, fence.storeId())
                .chain(() -> VariantTable.storeProducts(connection, fence.storeId(), page.products(), page.asOf()))
                .map(changed -> new StoredRows(changed, 0, 0)));
    }

    /**
     * Ends a full read that was whole: variants it did not see are gone, levels it did not see are not stocked any more, and
     * a tracked variant without any level is stocked nowhere. Rows read later than {@code asOf} stay.
     *
     * <p>A read that saw no variant at all, or missed more than half of more than 20, takes none away by itself: what it
     * missed is gone when the next whole read misses it too, and until then its levels stay as well.
     *
     * @param asOf the full read's
     * @return how many variants are gone and levels not stocked by this
     */
    public Uni<Integer> completeCatalog(Fence fence, long generation, Instant asOf) {
        return completeCatalog(fence, generation, asOf, null);
    }

    /**
     * The same, and keeps what is gone for the next reconciliation.
     *
     * @param followedTo as in {@link #storeVariants(Fence, CatalogPage, long, Instant)}
     */
    public Uni<Integer> completeCatalog(Fence fence, long generation, Instant asOf, Instant followedTo) {
        return transactions.write(fence,
                connection -> WriteTurn.take(connection, fence.storeId())
                        .chain(() -> VariantTable.markGone(connection, fence.storeId(), generation, asOf))
                        .invoke(missing -> warn(fence.storeId(), missing))
                        .call(() -> followedTo == null
                                ? Uni.createFrom().voidItem()
                                : ReadDifferences.ofGoneVariants(connection, fence.storeId(), asOf, followedTo)
                                        .chain(() -> ReadDifferences.ofUnseenLevels(connection, fence.storeId(), generation,
                                                asOf, followedTo)))
                        .flatMap(missing -> LevelTable.remove(connection, fence.storeId(), generation, asOf)
                                .map(removed -> missing.gone() + removed))
                        .call(() -> LevelTable.storeStockedNowhere(connection, fence.storeId(), asOf))
                        .call(() -> SeenPages.forget(connection, fence.storeId(), null, generation)));
    }

    /** Stores a page of items changed since the cursor; those the till calls deleted are gone at once. */
    public Uni<StoredRows> storeItems(Fence fence, UUID channelId, ItemPage page) {
        return transactions.write(fence, connection -> WriteTurn.take(connection, channelId)
                .chain(() -> items(connection, channelId, page))
                .call(() -> ItemTable.store(connection, channelId, page.items(), page.asOf(), true))
                .call(() -> ItemTable.storeReadings(connection, channelId, readings(page), true)));
    }

    /** Stores a page of a full read and remembers that its items were seen in this generation. */
    public Uni<StoredRows> storeItems(Fence fence, UUID channelId, ItemPage page, long generation) {
        return storeItems(fence, channelId, page, generation, null);
    }

    /**
     * The same, and keeps what it finds to be other than stored for the next reconciliation. Quantities are not compared: whether
     * one is explained the stock stage finds out.
     *
     * @param followedTo up to when, by the till's time, changes had been followed when the read began; null: nothing is compared
     */
    public Uni<StoredRows> storeItems(Fence fence, UUID channelId, ItemPage page, long generation, Instant followedTo) {
        return transactions.write(fence,
                connection -> WriteTurn.take(connection, channelId)
                        .chain(() -> followedTo == null
                                ? Uni.createFrom().voidItem()
                                : ReadDifferences.ofItems(connection, fence.storeId(), channelId, page, followedTo))
                        .chain(() -> items(connection, channelId, page))
                        .call(() -> SeenPages.add(connection, fence.storeId(), channelId, "item", generation,
                                seen(page.items().stream().map(Item::id), page.unusable()))));
    }

    /**
     * Ends a full read of items that was whole: an item that two of them in a row have not seen is gone. One is not
     * enough: where an item is deleted meanwhile, paging by offset skips another that is still there.
     *
     * @param asOf that of the read's first page
     * @return how many items are gone by this
     */
    public Uni<Integer> completeItems(Fence fence, UUID channelId, long generation, Instant asOf) {
        return completeItems(fence, channelId, generation, asOf, null);
    }

    /**
     * The same, and keeps what is gone for the next reconciliation.
     *
     * @param followedTo as in {@link #storeItems(Fence, UUID, ItemPage, long, Instant)}
     */
    public Uni<Integer> completeItems(Fence fence, UUID channelId, long generation, Instant asOf, Instant followedTo) {
        return transactions.write(fence,
                connection -> WriteTurn.take(connection, channelId)
                        .chain(() -> ItemTable.markGone(connection, fence.storeId(), channelId, generation, asOf))
                        .call(() -> followedTo == null
                                ? Uni.createFrom().voidItem()
                                : ReadDifferences.ofGoneItems(connection, fence.storeId(), channelId, asOf, followedTo))
                        .call(() -> SeenPages.forget(connection, fence.storeId(), channelId, generation)));
    }

    /** Stores what single items were seen to show, in the caller's transaction; items not known are left out. */
    public Uni<Void> storeReadings(SqlClient connection, UUID channelId, List<StockReading> readings) {
        return WriteTurn.take(connection, channelId)
                .chain(() -> ItemTable.storeReadings(connection, channelId, readings, true)).replaceWithVoid();
    }

    /** Stores one item as the till answered it, in the caller's transaction. */
    public Uni<Void> storeItem(SqlClient connection, UUID channelId, Item item, Instant asOf) {
        return WriteTurn.take(connection, channelId)
                .chain(() -> ItemTable.store(connection, channelId, List.of(item), asOf, true)).replaceWithVoid();
    }

    /**
     * Stores prices that the till has just confirmed, in the caller's transaction; items not known are left out. No reading
     * begun before now may take them back.
     */
    public Uni<Void> storePrices(SqlClient connection, UUID channelId, List<ItemPrice> prices) {
        return WriteTurn.take(connection, channelId).chain(() -> ItemTable.storePrices(connection, channelId, prices))
                .replaceWithVoid();
    }

    /**
     * Stores levels in the caller's transaction.
     *
     * @param adjusted whether they were read after an adjustment of ours was confirmed, {@code asOf} lying between both
     */
    public Uni<Void> storeLevels(SqlClient connection, UUID storeId, List<Level> levels, Instant asOf, boolean adjusted) {
        return WriteTurn.take(connection, storeId)
                .chain(() -> LevelTable.store(connection, storeId, levels, asOf, true, adjusted)).replaceWithVoid();
    }

    /** A row that could not be taken over is there all the same. */
    private static List<String> seen(Stream<String> usable, List<UnusableRow> unusable) {
        return Stream.concat(usable, unusable.stream().map(UnusableRow::id)).toList();
    }

    private static void warn(UUID storeId, VariantTable.Gone missing) {
        if (missing.missed() > 0) {
            LOG.warnf(
                    "The full read of store %s lacks %d variants it had before. They stay until the next full read lacks them too.",
                    storeId, missing.missed());
        }
    }

    private static Uni<StoredRows> variants(SqlClient connection, UUID storeId, CatalogPage page) {
        int rows = page.variants().size() + page.levels().size();
        return VariantTable.store(connection, storeId, page.variants(), page.asOf(), false)
                .flatMap(variants -> LevelTable.store(connection, storeId, page.levels(), page.asOf(), false, false)
                        .map(levels -> new StoredRows(variants + levels, rows - variants - levels, variants)));
    }

    private static Uni<StoredRows> items(SqlClient connection, UUID channelId, ItemPage page) {
        int rows = page.items().size() + page.deletedIds().size();
        // Quantities first: a row that is about to be added has its own.
        return ItemTable.storeReadings(connection, channelId, readings(page), false)
                .flatMap(quantities -> ItemTable.store(connection, channelId, page.items(), page.asOf(), false)
                        .flatMap(items -> ItemTable.markDeleted(connection, channelId, page.deletedIds(), page.asOf())
                                .map(deleted -> {
                                    int changed = Math.min(rows, quantities + items + deleted);
                                    return new StoredRows(changed, rows - changed, items + deleted);
                                })));
    }

    private static List<StockReading> readings(ItemPage page) {
        return page.items().stream().map(item -> new StockReading(item.id(), item.quantity(), page.asOf()))
                .collect(Collectors.toList());
    }
}
