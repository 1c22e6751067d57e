package dev.tillbridge.shipment;

import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.Containment;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.shipment.NoteRepository.ImportedSale;
import dev.tillbridge.shipment.NoteRepository.Wanted;

/** Makes of what the store says of orders what the till's notes are to say. Orders that no till sold are left aside. */
@ApplicationScoped
public class ShipmentIntake {

    private final ChannelDirectory directory;
    private final NoteRepository notes;
    private final FencedTransactions transactions;
    private final ShipmentConfig config;

    ShipmentIntake(ChannelDirectory directory, NoteRepository notes, FencedTransactions transactions, ShipmentConfig config) {
        this.config = config;
        this.directory = directory;
        this.notes = notes;
        this.transactions = transactions;
    }

    /** Whether shipments of this channel's sales are read: also while nothing can be written to its till. */
    public static boolean wants(ConnectedChannel channel) {
        return channel.settings().shipmentSync().enabled();
    }

    /** Whether the till's notes are written, too. */
    static boolean follows(ConnectedChannel channel) {
        return channel.status().active() && wants(channel);
    }

    /**
     * Takes a page of orders that changed; answers how many sales' notes it bears on. Twice the same changes nothing.
     *
     * @param channels the store's, of which those that want shipments count
     */
    public Uni<Integer> take(Pass pass, ConnectedStore store, ShopConnection shop, List<ConnectedChannel> channels,
            ShippedPage page) {
        Map<UUID, ConnectedChannel> following = channels.stream().filter(ShipmentIntake::wants)
                .collect(Collectors.toMap(ConnectedChannel::id, Function.identity()));
        Map<String, ShippedOrder> latest = new HashMap<>();
        page.orders().forEach(order -> latest.merge(order.id(), order,
                (one, other) -> other.updatedAt().isBefore(one.updatedAt()) ? one : other));
        return notes.sales(store.id(), latest.keySet()).chain(sales -> Multi.createFrom().iterable(sales)
                .filter(sale -> following.containsKey(sale.channelId()))
                .onItem().transformToUniAndConcatenate(sale -> whole(shop, latest.get(sale.storeOrderId()))
                        .onItem().ifNotNull()
                        .transform(order -> Read.of(wanted(store, following.get(sale.channelId()), sale, order)))
                        // One that cannot be read whole is read by itself later: it keeps no other.
                        .onFailure(Containment::ofOneSale).recoverWithItem(new Read(null, sale.storeOrderId())))
                .collect().asList())
                .chain(read -> read.isEmpty()
                        ? Uni.createFrom().item(0)
                        : transactions.write(pass.fence(), connection -> store(connection, store.id(), read)))
                .invoke(changed -> pass.count("shipments-read", changed));
    }

    /** Reads those of these orders that till sales became, each by its id; answers how many sales' notes they bear on. */
    public Uni<Integer> read(Pass pass, ConnectedStore store, ShopConnection shop, List<ConnectedChannel> channels,
            Collection<String> orderIds) {
        return notes.sales(store.id(), orderIds)
                .chain(sales -> Multi.createFrom()
                        .iterable(sales.stream().map(ImportedSale::storeOrderId).distinct().toList())
                        .onItem().transformToUniAndConcatenate(id -> directory.storefront().shippedOrder(shop, id))
                        .collect().asList())
                .chain(orders -> orders.isEmpty()
                        ? Uni.createFrom().item(0)
                        : take(pass, store, shop, channels, new ShippedPage(orders, null)));
    }

    /** @param later the order that is to be read by itself; null where it was read */
    private record Read(Wanted wanted, String later) {

        static Read of(Wanted wanted) {
            return new Read(wanted, null);
        }
    }

    private Uni<Integer> store(SqlClient connection, UUID storeId, List<Read> read) {
        List<Wanted> wanted = read.stream().map(Read::wanted).filter(Objects::nonNull).toList();
        List<String> later = read.stream().map(Read::later).filter(Objects::nonNull).toList();
        return (later.isEmpty() ? Uni.createFrom().voidItem() : notes.ask(connection, storeId, later))
                .chain(() -> wanted.isEmpty() ? Uni.createFrom().item(0) : notes.want(connection, wanted));
    }

    /** Sees to it that these orders of the store are read by their ids, in the caller's transaction: somebody said they changed. */
    public Uni<Void> ask(SqlClient connection, UUID storeId, Collection<String> orderIds) {
        return notes.ask(connection, storeId, orderIds);
    }

    /** Reads an order that was asked for. */
    Uni<Void> look(Pass pass, ConnectedStore store, ShopConnection shop, ConnectedChannel channel,
            NoteRepository.ToLook asked) {
        return directory.storefront().shippedOrder(shop, asked.storeOrderId())
                .onItem().ifNotNull()
                .transformToUni(order -> take(pass, store, shop, List.of(channel), new ShippedPage(List.of(order), null)))
                .chain(() -> transactions.write(pass.fence(), connection -> notes.looked(connection, asked)))
                .onFailure(Containment::ofOneSale)
                .recoverWithUni(failure -> transactions
                        .write(pass.fence(), connection -> notes.lookLater(connection, asked, config.firstRetry(),
                                config.longestRetry()))
                        .chain(() -> pass.failed("shipment-of-order:" + asked.saleId(), Containment.code(failure),
                                Containment.message(failure))));
    }

    private Uni<ShippedOrder> whole(ShopConnection shop, ShippedOrder order) {
        return order.whole() ? Uni.createFrom().item(order) : directory.storefront().shippedOrder(shop, order.id());
    }

    private static Wanted wanted(ConnectedStore store, ConnectedChannel channel, ImportedSale sale, ShippedOrder order) {
        String mapped = channel.settings().shipmentSync().methodOf(sale.orderTypeId());
        var told = new ShipmentWords.Told(sale.handedOver(),
                ShipmentWords.method(order.shippingMethod(), mapped, sale.orderType()), ZoneId.of(store.timezone()),
                sale.cancelledByUs());
        return new Wanted(sale.id(), order.id(), order.updatedAt(),
                String.join("\n", ShipmentWords.lines(order, told)));
    }
}
