package dev.tillbridge.channel;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Location;
import dev.tillbridge.order.OrderType;

/** Reads what settings can be picked from, at both vendors and now: somebody may just have made it there. */
@ApplicationScoped
class SettingsChoices {

    private static final Logger LOG = Logger.getLogger(SettingsChoices.class);

    private final ChannelDirectory directory;

    SettingsChoices(ChannelDirectory directory) {
        this.directory = directory;
    }

    /** The store's active locations as the shop has them now, or as they were last read where it does not answer. */
    Uni<List<Location>> locations(ConnectedChannel channel) {
        return directory.shopConnection(channel.storeId())
                .chain(shop -> directory.storefront().profile(shop))
                .call(profile -> directory.saveLocations(channel.storeId(), profile.locations()))
                .map(ShopProfile::locations)
                .onFailure(ConnectorException.class).recoverWithUni(failure -> {
                    LOG.warnf("The locations of store %s are shown as they were last read: %s", channel.storeId(),
                            failure.getMessage());
                    return directory.locations(channel.storeId());
                }).map(locations -> locations.stream().filter(Location::active).toList());
    }

    /** What mappings are picked from. A side that does not answer is named, and keeps the other from nothing. */
    Uni<MappingChoices> mappings(ConnectedChannel channel) {
        return Uni.combine().all().unis(orderTypes(channel), shippingMethods(channel)).asTuple().map(read -> {
            var unread = new ArrayList<Warning>();
            read.getItem1().addTo(unread, "order-types-unread", "The till's order types could not be read: ");
            read.getItem2().addTo(unread, "shipping-methods-unread", "The store's shipping methods could not be read: ");
            return new MappingChoices(read.getItem1().value(), read.getItem2().value(), unread);
        });
    }

    /** As {@link #mappings}; nobody is asked where these settings map nothing. */
    Uni<MappingChoices> mappings(ConnectedChannel channel, ChannelSettings settings) {
        return settings.shipmentSync().mappings().isEmpty()
                ? Uni.createFrom().item(MappingChoices.NOT_ASKED)
                : mappings(channel);
    }

    private Uni<Read<List<OrderType>>> orderTypes(ConnectedChannel channel) {
        return read(directory.tillConnection(channel.id())
                .chain(till -> directory.pointOfSale(channel.integration()).orderTypes(till)));
    }

    private Uni<Read<ShippingMethods>> shippingMethods(ConnectedChannel channel) {
        return read(directory.shopConnection(channel.storeId()).chain(shop -> directory.storefront().shippingMethods(shop)));
    }

    private static <T> Uni<Read<T>> read(Uni<T> asked) {
        return asked.map(value -> new Read<>(value, null)).onFailure(ConnectorException.class)
                .recoverWithItem(failure -> new Read<>(null, failure.getMessage()));
    }

    /** @param value null where it could not be read; {@code why}: null where it was */
    private record Read<T>(T value, String why) {

        void addTo(List<Warning> unread, String code, String words) {
            if (why != null) {
                unread.add(new Warning(code, words + why));
            }
        }
    }
}
