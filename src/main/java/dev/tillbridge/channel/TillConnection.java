package dev.tillbridge.channel;

import dev.tillbridge.platform.Secret;

/** All that is needed to call a till. {@code region} and {@code merchantId} have the integration's form. */
public record TillConnection(String region, String merchantId, Secret token) {}
