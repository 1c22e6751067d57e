package dev.tillbridge.channel;

import java.time.Instant;
import java.util.UUID;

/**
 * A connected till as the engine and the stages see it: no credentials.
 *
 * @param settingsVersion grows with each change of the settings; 0 at first
 * @param trackStock the till counts stock at all, as of {@code merchantReadAt}
 * @param updateStock sales lower the till's stock by themselves, as of {@code merchantReadAt}
 */
public record ConnectedChannel(UUID id, UUID storeId, String name, String integration, String region, String merchantId,
        ChannelStatus status, ChannelSettings settings, int settingsVersion, boolean trackStock, boolean updateStock,
        Instant merchantReadAt) {}
