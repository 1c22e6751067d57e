package dev.tillbridge.channel;

import java.util.List;

import dev.tillbridge.channel.ChannelSettings.InventorySync;
import dev.tillbridge.channel.ChannelSettings.Notifications;
import dev.tillbridge.channel.ChannelSettings.OrderSync;
import dev.tillbridge.channel.ChannelSettings.PriceSync;
import dev.tillbridge.channel.ChannelSettings.ProductSync;
import dev.tillbridge.channel.ChannelSettings.ShipmentSync;

/**
 * Settings as the API shows them. It may be sent back as it is: of the warnings no notice is taken.
 *
 * @param warnings what works, but not as a merchant may expect; empty where there is nothing to say
 */
record SettingsView(String uniqueIdentifier, OrderSync orderSync, ShipmentSync shipmentSync, InventorySync inventorySync,
        PriceSync priceSync, ProductSync productSync, Notifications notifications, List<Warning> warnings) {

    static SettingsView of(ChannelSettings settings, List<Warning> warnings) {
        return new SettingsView(settings.uniqueIdentifier(), settings.orderSync(), settings.shipmentSync(),
                settings.inventorySync(), settings.priceSync(), settings.productSync(), settings.notifications(), warnings);
    }
}
