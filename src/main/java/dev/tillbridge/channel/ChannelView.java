package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A channel as the API shows it.
 *
 * @param lastSaleAt when its last sale was made; null where there is none
 * @param lag how long ago the stream that is furthest behind last succeeded; null where nothing was read yet
 */
record ChannelView(UUID id, UUID storeId, String name, String integration, String region, String merchantId,
        Merchant merchant, Permissions permissions, ChannelStatus status, String statusReason, List<Warning> warnings,
        Instant lastSaleAt, Duration lag, Instant createdAt) {

    static ChannelView of(ChannelRecord record, Integration integration) {
        var channel = record.channel();
        var merchant = record.merchant();
        var permissions = record.permissions();
        return new ChannelView(channel.id(), channel.storeId(), channel.name(), channel.integration(), channel.region(),
                channel.merchantId(),
                new Merchant(merchant.name(), merchant.currency(), merchant.timezone(), merchant.vat(), merchant.trackStock(),
                        merchant.updateStock()),
                new Permissions(permissions.granted(), permissions.missing(), permissions.unverified()), channel.status(),
                record.statusReason(), ChannelWarnings.of(record, integration), record.lastSaleAt(), record.lag(),
                record.createdAt());
    }

    record Merchant(String name, String currency, String timezone, boolean vat, boolean trackStock, boolean updateStock) {}

    record Permissions(List<String> granted, List<String> missing, List<String> unverified) {}
}
