package dev.tillbridge.channel;

import java.util.UUID;

import dev.tillbridge.platform.Secret;

/** A till that is to be connected. */
record NewChannel(UUID storeId, String name, String integration, String region, String merchantId, Secret token) {

    TillConnection connection() {
        return new TillConnection(region, merchantId, token);
    }
}
