package dev.tillbridge.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.platform.PlannerStatistics;

/** Reads one till's items: those changed since the cursor, and all of them with their stock. */
@ApplicationScoped
class TillReader {

    static final String ITEMS = "items";
    static final String SCAN = "till-scan";

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final StreamStateRepository states;
    private final PlannerStatistics statistics;
    private final SyncConfig config;

    TillReader(ChannelDirectory directory, CatalogRepository catalog, StreamStateRepository states,
            PlannerStatistics statistics, SyncConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.states = states;
        this.statistics = statistics;
        this.config = config;
    }

    Uni<Boolean> neverRead(ConnectedChannel channel) {
        return states.state(channel.id(), SCAN).map(StreamState::neverRead);
    }

    /** Reads what changed; answers how many rows differed from what was known. */
    Uni<StoredRows> changes(Pass pass, ConnectedChannel channel, Consumer<StoredRows> stored) {
        return states.state(channel.id(), ITEMS).chain(state -> {
            if (state.position() == null) {
                return Uni.createFrom().item(StoredRows.NONE);
            }
            AtomicReference<Instant> first = new AtomicReference<>();
            return directory.tillConnection(channel.id())
                    .chain(till -> store(pass, channel,
                            pos(channel).items(till, state.position(), PointOfSale.Pace.FULL), first, new AtomicReference<>(),
                            null, stored))
                    .call(() -> first.get() == null
                            ? Uni.createFrom().voidItem()
                            : states.advanced(pass.fence(), channel.id(), ITEMS, first.get().minus(config.overlap())));
        });
    }

    /** Reads all items; answers how many rows differed from what was known. */
    Uni<StoredRows> scan(Pass pass, ConnectedChannel channel, PointOfSale.Pace pace, Consumer<StoredRows> stored) {
        AtomicReference<Instant> first = new AtomicReference<>();
        AtomicReference<Instant> asOf = new AtomicReference<>();
        return Uni.combine().all().unis(directory.tillConnection(channel.id()),
                states.nextGeneration(pass.fence(), channel.id(), SCAN), followedTo(channel)).asTuple()
                .chain(known -> store(pass, channel, pos(channel).items(known.getItem1(), null, pace), first, asOf,
                        new Whole(known.getItem2(), known.getItem3().orElse(null)), stored)
                        .chain(changed -> asOf.get() == null
                                ? Uni.createFrom().item(changed)
                                : statistics.renew(changed.changed(), "item", "seen_page")
                                        .chain(() -> catalog.completeItems(pass.fence(), channel.id(), known.getItem2(),
                                                asOf.get(), known.getItem3().orElse(null)))
                                        .map(gone -> changed.plus(new StoredRows(gone, 0, gone)))))
                .call(() -> first.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.fullyRead(pass.fence(), channel.id(), SCAN, first.get(), "")
                                .chain(() -> states.advanced(pass.fence(), channel.id(), ITEMS,
                                        first.get().minus(config.overlap()))));
    }

    /**
     * A read of all items.
     *
     * @param followedTo up to when changes had been followed when it began; null before the first one: nothing is compared
     */
    private record Whole(long generation, Instant followedTo) {}

    private Uni<Optional<Instant>> followedTo(ConnectedChannel channel) {
        return states.state(channel.id(), ITEMS).map(state -> Optional.ofNullable(state.position()));
    }

    private Uni<StoredRows> store(Pass pass, ConnectedChannel channel, Multi<ItemPage> pages, AtomicReference<Instant> first,
            AtomicReference<Instant> asOf, Whole whole, Consumer<StoredRows> told) {
        return pages.onItem().transformToUniAndConcatenate(page -> {
            first.compareAndSet(null, page.vendorTime());
            asOf.compareAndSet(null, page.asOf());
            pass.count("items-read", page.items().size());
            return (whole == null
                    ? catalog.storeItems(pass.fence(), channel.id(), page)
                    : catalog.storeItems(pass.fence(), channel.id(), page, whole.generation(), whole.followedTo()))
                    .invoke(told)
                    .call(() -> Multi.createFrom().iterable(page.unusable())
                            .onItem().transformToUniAndConcatenate(row -> pass.failed("item:" + row.id(), "row-unusable",
                                    row.reason()))
                            .collect().last())
                    .call(() -> whole == null ? Uni.createFrom().voidItem() : pass.flush());
        }).collect().in(() -> new StoredRows[]{ StoredRows.NONE}, (sum, stored) -> sum[0] = sum[0].plus(stored))
                .map(sum -> sum[0]);
    }

    private PointOfSale pos(ConnectedChannel channel) {
        return directory.pointOfSale(channel.integration());
    }

    /** An id of the till's form that no item has: reading it changes nothing and tells whether the token reads stock. */
    static List<String> noItem() {
        return List.of("0000000000000");
    }
}
