package dev.tillbridge.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
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

    /** Reads; answers how many rows differed from what was known. */
    Uni<StoredRows> read(Pass pass, boolean full) {
        var storeId = pass.fence().storeId();
        return Uni.combine().all()
                .unis(directory.store(storeId), directory.channels(storeId), directory.shopConnection(storeId),
                        states.state(storeId, STREAM), clock.now())
                .asTuple().chain(known -> {
                    Set<String> metafields = known.getItem2().stream().map(ConnectedChannel::settings)
                            .flatMap(settings -> UniqueIdentifier.parse(settings.uniqueIdentifier()).stream())
                            .map(UniqueIdentifier::metafield).filter(Objects::nonNull)
                            .collect(Collectors.toCollection(TreeSet::new));
                    StreamState state = known.getItem4();
                    return full || fullReadDue(known.getItem1(), state, metafields, known.getItem5())
                            ? full(pass, known.getItem3(), metafields)
                            : changes(pass, known.getItem3(), metafields, state.position());
                });
    }

    private boolean fullReadDue(ConnectedStore store, StreamState state, Set<String> metafields, Instant now) {
        return state.neverRead() || state.position().plus(config.cursorAge()).isBefore(now)
                || !Set.of(state.parameters().split(",")).containsAll(metafields)
                || state.fullReadAt().isBefore(lastFullReadHour(ZoneId.of(store.timezone()), now));
    }

    private Instant lastFullReadHour(ZoneId zone, Instant now) {
        ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(config.fullReadHour(), 0).atZone(zone);
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }

    private Uni<StoredRows> full(Pass pass, ShopConnection shop, Set<String> metafields) {
        var storeId = pass.fence().storeId();
        AtomicReference<CatalogPage> first = new AtomicReference<>();
        return readLocations(pass, shop)
                .chain(() -> states.nextGeneration(pass.fence(), storeId, STREAM))
                .chain(generation -> store(pass, directory.storefront().catalog(shop, metafields), first, generation)
                        .chain(changed -> first.get() == null
                                ? Uni.createFrom().item(changed)
                                : catalog.completeCatalog(pass.fence(), generation, first.get().asOf())
                                        .map(gone -> changed.plus(new StoredRows(gone, 0, gone)))))
                .call(() -> first.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.fullyRead(pass.fence(), storeId, STREAM, first.get().vendorTime().minus(config.overlap()),
                                String.join(",", metafields)))
                .call(stored -> statistics.renew(stored.changed(), "variant", "level"));
    }

    private Uni<StoredRows> changes(Pass pass, ShopConnection shop, Set<String> metafields, Instant since) {
        var storeId = pass.fence().storeId();
        AtomicReference<CatalogPage> first = new AtomicReference<>();
        return store(pass, directory.storefront().variantsSince(shop, since, metafields), first, null)
                .chain(variants -> directory.locations(storeId).chain(locations -> Multi.createFrom().iterable(locations)
                        .filter(Location::active)
                        .onItem().transformToUniAndConcatenate(location -> store(pass,
                                directory.storefront().levelsSince(shop, location.id(), since), first, null))
                        .collect().in(() -> new StoredRows[]{ variants}, (sum, levels) -> sum[0] = sum[0].plus(levels))
                        .map(sum -> sum[0])))
                .call(() -> first.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.advanced(pass.fence(), storeId, STREAM, first.get().vendorTime().minus(config.overlap())));
    }

    private Uni<StoredRows> store(Pass pass, Multi<CatalogPage> pages, AtomicReference<CatalogPage> first, Long generation) {
        return pages.onItem().transformToUniAndConcatenate(page -> {
            first.compareAndSet(null, new CatalogPage(List.of(), List.of(), page.asOf(), page.vendorTime(),
                    page.total()));
            pass.count("variants-read", page.variants().size());
            pass.count("levels-read", page.levels().size());
            if (page.total() >= 0) {
                pass.expect("store-rows-read", page.total());
                pass.count("store-rows-read", page.variants().size() + (long) page.levels().size());
            }
            return (generation == null
                    ? catalog.storeVariants(pass.fence(), page)
                    : catalog.storeVariants(pass.fence(), page, generation))
                    .call(() -> generation == null ? Uni.createFrom().voidItem() : pass.flush());
        }).collect().in(() -> new StoredRows[]{ StoredRows.NONE}, (sum, stored) -> sum[0] = sum[0].plus(stored))
                .map(sum -> sum[0]);
    }

    /** The store's locations: read with each full read and, between them, by the clock. */
    Uni<Void> readLocations(Pass pass, ShopConnection shop) {
        return directory.storefront().profile(shop)
                .chain(profile -> directory.saveLocations(pass.fence().storeId(), profile.locations()));
    }

    Duration profilePoll() {
        return config.profilePoll();
    }
}
