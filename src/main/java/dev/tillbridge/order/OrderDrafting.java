package dev.tillbridge.order;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelSettings.OrderSync;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderStage.Place;

/** Gathers what an order is drafted from: the channel's rules, its links, and who bought. */
@ApplicationScoped
class OrderDrafting {

    private static final Logger LOG = Logger.getLogger(OrderDrafting.class);

    private final ChannelDirectory directory;
    private final OrderRepository orders;

    OrderDrafting(ChannelDirectory directory, OrderRepository orders) {
        this.directory = directory;
        this.orders = orders;
    }

    Uni<OrderMapping.Result> draft(Place place, SaleRow row) {
        return orders.links(place.channel().id(), OrderStage.itemIds(row.sale()))
                .map(links -> OrderMapping.map(row.sale(), rules(place, row), links))
                .chain(mapping -> mapping instanceof OrderMapping.Mapped mapped
                        ? customer(place, row).map(customer -> new OrderMapping.Mapped(mapped.draft().withCustomer(customer),
                                mapped.origins()))
                        : Uni.createFrom().item(mapping));
    }

    private static MappingRules rules(Place place, SaleRow row) {
        OrderSync settings = place.channel().settings().orderSync();
        String method = place.channel().settings().shipmentSync().methodOf(row.sale().orderTypeId());
        return new MappingRules(place.store().currency(), settings.tips() == ChannelSettings.Tips.INCLUDE,
                MappingRules.Unlinked.valueOf(settings.unlinkedLines().name()), format(settings.numberFormat()),
                format(settings.noteFormat()), row.merchantId(), row.identity(),
                // A sale of no mapped order type was handed over in the shop.
                method == null ? settings.postingLocationId() : null, method,
                PaidRule.paid(row.sale()));
    }

    private static MappingRules.Format format(ChannelSettings.TextFormat format) {
        return new MappingRules.Format(format.prefix(), format.includeOrderId(), format.suffix());
    }

    /** Who bought is a courtesy: without, the order is made all the same. */
    private Uni<SaleCustomer> customer(Place place, SaleRow row) {
        if (row.sale().customerId() == null) {
            return Uni.createFrom().nullItem();
        }
        return directory.tillConnection(place.channel().id())
                .chain(till -> directory.pointOfSale(place.channel().integration()).customer(till, row.sale().customerId()))
                .onFailure(ConnectorException.class).recoverWithUni(failure -> {
                    LOG.infof("The buyer of order %s is left out: %s", row.posOrderId(), failure.getMessage());
                    return Uni.createFrom().nullItem();
                });
    }
}
