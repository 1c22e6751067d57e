package dev.tillbridge.sync;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.platform.PlannerStatistics;

/**
 * Reads the store, once for all its channels: everything at the first sync, nightly, when the cursor is too old and when a
 * channel matches by something that was not read so far; else what changed since the cursor.
 */
@ApplicationScoped
class StorefrontReader {

    static final String STREAM = "storefront";

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final StreamStateRepository states;
    private final DatabaseClock clock;
    private final PlannerStatistics statistics;
    private final SyncConfig config;

    StorefrontReader(ChannelDirectory directory, CatalogRepository catalog, StreamStateRepository states, DatabaseClock clock,
            PlannerStatistics statistics, SyncConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.states = states;
        this.clock = clock;
        this.statistics = statistics;
        this.config = config;
    }

    /** What is asked for with each read: the store's credentials and the metafields that its channels match by. */
    record Wanted(ShopConnection shop, Set<String> metafields) {}

    /**
     * Reads everything, if it is wanted or due.
     *
     * @param stored told of each page, so that what is stored is matched even if a later page fails
     */
    Uni<StoredRows> full(Pass pass, boolean wanted, Consumer<StoredRows> stored) {
        var storeId = pass.fence().storeId();
        return Uni.combine().all().unis(directory.store(storeId), wanted(storeId), states.state(storeId, STREAM), clock.now())
                .asTuple().chain(known -> wanted
                        || fullReadDue(known.getItem1(), known.getItem3(), known.getItem2().metafields(), known.getItem4())
                                ? full(pass, known.getItem2(), followedTo(known.getItem3(), known.getItem2(), known.getItem4()),
                                        known.getItem4(), stored)
                                : Uni.createFrom().item(StoredRows.NONE));
    }

    /**
     * Reads what changed since the cursor; nothing where there is none yet, or where it is too old to be followed.
     *
     * @param shown told of each product that was among it
     */
    Uni<StoredRows> changes(Pass pass, boolean withLocations, Consumer<StoredRows> stored, Consumer<ChangedProduct> shown) {
        var storeId = pass.fence().storeId();
        return Uni.combine().all().unis(wanted(storeId), states.state(storeId, STREAM), clock.now()).asTuple()
                .chain(known -> known.getItem2().neverRead()
                        || known.getItem2().position().plus(config.cursorAge()).isBefore(known.getItem3())
                                ? Uni.createFrom().item(StoredRows.NONE)
                                : (withLocations ? readLocations(pass, known.getItem1().shop()) : Uni.createFrom().voidItem())
                                        .chain(() -> changes(pass, known.getItem1(), known.getItem2().position(), stored,
                                                shown)));
    }

    /** Has everything read soon, by the stream that does so. */
    Uni<Void> wholeWanted(Pass pass) {
        return states.fullReadWanted(pass.fence(), pass.fence().storeId(), STREAM);
    }

    /** Whether the store was ever read whole: before that, what is not known is not sold out. */
    Uni<Boolean> neverRead(UUID storeId) {
        return states.state(storeId, STREAM).map(StreamState::neverRead);
    }

    Uni<Wanted> wanted(UUID storeId) {
        return Uni.combine().all().unis(directory.channels(storeId), directory.shopConnection(storeId)).asTuple()
                .map(known -> new Wanted(known.getItem2(), known.getItem1().stream().map(ConnectedChannel::settings)
                        .flatMap(settings -> UniqueIdentifier.parse(settings.uniqueIdentifier()).stream())
                        .map(UniqueIdentifier::metafield).filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))));
    }

    private boolean fullReadDue(ConnectedStore store, StreamState state, Set<String> metafields, Instant now) {
        return unfollowed(state, metafields, now)
                || state.fullReadAt().isBefore(NightlyHour.last(ZoneId.of(store.timezone()), config.fullReadHour(), now));
    }

    /**
     * Null where changes were not followed: what a first read finds, or one after a long rest, or that webhooks asked for, is no news
     * of anything missed.
     */
    private Instant followedTo(StreamState state, Wanted wanted, Instant now) {
        return unfollowed(state, wanted.metafields(), now) ? null : state.position();
    }

    private boolean unfollowed(StreamState state, Set<String> metafields, Instant now) {
        return state.neverRead() || state.wanted() || state.position().plus(config.cursorAge()).isBefore(now)
                || !Set.of(state.parameters().split(",")).containsAll(metafields);
    }

    /**
     * @param followedTo up to when changes had been followed; null where nothing is to be compared
     * @param began the database's time from before the read
     */
    private Uni<StoredRows> full(Pass pass, Wanted wanted, Instant followedTo, Instant began, Consumer<StoredRows> stored) {
        var storeId = pass.fence().storeId();
        AtomicReference<CatalogPage> first = new AtomicReference<>();
        return readLocations(pass, wanted.shop())
                .chain(() -> states.nextGeneration(pass.fence(), storeId, STREAM))
                .chain(generation -> store(pass, directory.storefront().catalog(wanted.shop(), wanted.metafields()), first,
                        new Whole(generation, followedTo), stored)
                        .chain(changed -> first.get() == null
                                ? Uni.createFrom().item(changed)
                                : statistics.renew(changed.changed(), "variant", "level", "seen_page")
                                        .chain(() -> catalog.completeCatalog(pass.fence(), generation, first.get().asOf(),
                                                followedTo))
                                        .map(gone -> changed.plus(new StoredRows(gone, 0, gone)))))
                .call(() -> first.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.fullyRead(pass.fence(), storeId, STREAM, first.get().vendorTime().minus(config.overlap()),
                                String.join(",", wanted.metafields()), began));
    }

    private Uni<StoredRows> changes(Pass pass, Wanted wanted, Instant since, Consumer<StoredRows> stored,
            Consumer<ChangedProduct> shown) {
        var storeId = pass.fence().storeId();
        AtomicReference<CatalogPage> first = new AtomicReference<>();
        return store(pass, directory.storefront().variantsSince(wanted.shop(), since, wanted.metafields()), first, null, stored)
                .chain(variants -> products(pass, wanted, since, stored, shown).map(variants::plus))
                .chain(variants -> directory.locations(storeId).chain(locations -> Multi.createFrom().iterable(locations)
                        .filter(Location::active)
                        .onItem().transformToUniAndConcatenate(location -> levels(pass, wanted, location, since, first, stored))
                        .collect().in(() -> new StoredRows[]{ variants}, (sum, levels) -> sum[0] = sum[0].plus(levels))
                        .map(sum -> sum[0])))
                .call(() -> first.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.advanced(pass.fence(), storeId, STREAM, first.get().vendorTime().minus(config.overlap())));
    }

    /** What products say of themselves: a change of title or status leaves their variants' times alone. */
    private Uni<StoredRows> products(Pass pass, Wanted wanted, Instant since, Consumer<StoredRows> stored,
            Consumer<ChangedProduct> shown) {
        return directory.storefront().productsSince(wanted.shop(), since)
                .onItem().transformToUniAndConcatenate(page -> catalog.storeProducts(pass.fence(), page).invoke(stored)
                        .invoke(() -> page.products().forEach(shown)))
                .collect().in(() -> new StoredRows[]{ StoredRows.NONE}, (sum, rows) -> sum[0] = sum[0].plus(rows))
                .map(sum -> sum[0]);
    }

    /** One location's trouble keeps no other from being read: what it means is mended at once or by the next full read. */
    private Uni<StoredRows> levels(Pass pass, Wanted wanted, Location location, Instant since,
            AtomicReference<CatalogPage> first,
            Consumer<StoredRows> stored) {
        return store(pass, directory.storefront().levelsSince(wanted.shop(), location.id(), since), first, null, stored)
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "location-not-found"))
                .recoverWithUni(() -> readLocations(pass, wanted.shop()).replaceWith(StoredRows.NONE))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "too-many-changes"))
                .recoverWithUni(() -> states.fullReadWanted(pass.fence(), pass.fence().storeId(), STREAM)
                        .replaceWith(StoredRows.NONE));
    }

    /** A read of everything: {@code followedTo} as in {@link #full(Pass, Wanted, Instant, Instant, Consumer)}. */
    private record Whole(long generation, Instant followedTo) {}

    private Uni<StoredRows> store(Pass pass, Multi<CatalogPage> pages, AtomicReference<CatalogPage> first, Whole whole,
            Consumer<StoredRows> told) {
        return pages.onItem().transformToUniAndConcatenate(page -> {
            first.compareAndSet(null, new CatalogPage(List.of(), List.of(), page.asOf(), page.vendorTime(),
                    page.total()));
            pass.count("variants-read", page.variants().size());
            pass.count("levels-read", page.levels().size());
            if (page.total() >= 0) {
                pass.expect("store-rows-read", page.total());
                pass.count("store-rows-read",
                        page.variants().size() + page.levels().size() + (long) page.unusable().size());
            }
            return (whole == null
                    ? catalog.storeVariants(pass.fence(), page)
                    : catalog.storeVariants(pass.fence(), page, whole.generation(), whole.followedTo()))
                    .invoke(told)
                    .call(() -> Multi.createFrom().iterable(page.unusable())
                            .onItem().transformToUniAndConcatenate(row -> pass.failed("variant:" + row.id(), "row-unusable",
                                    row.reason()))
                            .collect().last())
                    .call(() -> whole == null ? Uni.createFrom().voidItem() : pass.flush());
        }).collect().in(() -> new StoredRows[]{ StoredRows.NONE}, (sum, stored) -> sum[0] = sum[0].plus(stored))
                .map(sum -> sum[0]);
    }

    /** Reads what the shop says of itself, and its locations. */
    Uni<Void> profile(Pass pass) {
        return directory.shopConnection(pass.fence().storeId()).chain(shop -> readLocations(pass, shop));
    }

    /** The store's locations, and what its prices mean: read with each full read and, between them, by the clock. */
    private Uni<Void> readLocations(Pass pass, ShopConnection shop) {
        return directory.storefront().profile(shop)
                .chain(profile -> directory.storeRead(pass.fence().storeId(), profile)
                        .chain(() -> directory.saveLocations(pass.fence().storeId(), profile.locations())));
    }
}
