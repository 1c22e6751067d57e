package dev.tillbridge.sync;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.shipment.ShipmentIntake;

/** Reads which of the store's orders changed since the cursor, once for all its channels, for what was sent of them. */
@ApplicationScoped
class ShippedReader {

    static final String STREAM = "shipped-orders";

    private final ChannelDirectory directory;
    private final ShipmentIntake intake;
    private final StreamStateRepository states;
    private final DatabaseClock clock;
    private final SyncConfig config;

    ShippedReader(ChannelDirectory directory, ShipmentIntake intake, StreamStateRepository states, DatabaseClock clock,
            SyncConfig config) {
        this.directory = directory;
        this.intake = intake;
        this.states = states;
        this.clock = clock;
        this.config = config;
    }

    private record Shop(ConnectedStore store, ShopConnection connection, List<ConnectedChannel> channels) {}

    /**
     * Answers how many sales' notes what was read bears on; does nothing where no channel wants shipments. What was sent before
     * the first of them did is history.
     *
     * @param full whether all of the last days is wanted, whatever the cursor says
     */
    Uni<Integer> read(Pass pass, boolean full) {
        var storeId = pass.fence().storeId();
        return directory.channels(storeId).chain(channels -> channels.stream().noneMatch(ShipmentIntake::wants)
                ? Uni.createFrom().item(0)
                : Uni.combine().all()
                        .unis(directory.store(storeId), directory.shopConnection(storeId), states.state(storeId, STREAM),
                                clock.now())
                        .asTuple()
                        .chain(known -> read(pass, new Shop(known.getItem1(), known.getItem2(), channels),
                                since(known.getItem3(), known.getItem4(), full))));
    }

    private Instant since(StreamState state, Instant now, boolean full) {
        if (full) {
            return now.minus(config.salesLookBack());
        }
        return state.position() == null ? now.minus(config.overlap()) : state.position();
    }

    private Uni<Integer> read(Pass pass, Shop shop, Instant since) {
        AtomicReference<Instant> began = new AtomicReference<>();
        return directory.storefront().ordersShippedSince(shop.connection(), since)
                .onItem().transformToUniAndConcatenate(page -> {
                    began.compareAndSet(null, page.vendorTime());
                    return intake.take(pass, shop.store(), shop.connection(), shop.channels(), page);
                })
                .collect().in(() -> new int[1], (sum, changed) -> sum[0] += changed).map(sum -> sum[0])
                .call(() -> began.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.advanced(pass.fence(), pass.fence().storeId(), STREAM,
                                began.get().minus(config.overlap())));
    }
}
