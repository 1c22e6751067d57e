package dev.tillbridge.channel;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.NotNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where webhooks arrive, and how long what they need is kept. Without any of it everything works by polling. */
@ConfigMapping(prefix = "tillbridge.webhook")
public interface WebhookConfig {

    /**
     * Where Shopify and Clover reach this service, such as {@code https://till.example.com}; Shopify takes {@code https} only.
     * Without it no subscription is made.
     */
    Optional<URI> publicUrl();

    /** For how long the client secret before the present one is accepted. */
    @NotNull
    @WithDefault("P3D")
    Duration previousSecret();

    /** For how long a deleted store's client secret is kept, encrypted, for what Shopify demands afterwards. */
    @NotNull
    @WithDefault("P60D")
    Duration formerSecret();

    /** For how long a delivery is recognised when it comes again: Shopify's may be late by a day. */
    @NotNull
    @WithDefault("P2D")
    Duration eventRetention();

    /** How often the subscriptions are looked at; also at each start. */
    @NotNull
    @WithDefault("PT1H")
    Duration check();

    /** No store is called silent before this time without a webhook, however lively it usually is. */
    @NotNull
    @WithDefault("PT15M")
    Duration silence();

    /** How often it is looked whether a store fell silent. */
    @NotNull
    @WithDefault("PT5M")
    Duration silenceCheck();

    /**
     * How long hints at a till's items gather before they are read, up to 100 in a request: each write of ours to its stock comes
     * back as one.
     */
    @NotNull
    @WithDefault("PT2S")
    Duration itemGather();

    /** How long a hint rests after its resource could not be read; twice as long each further time. */
    @NotNull
    @WithDefault("PT2S")
    Duration firstRetry();

    /** The longest it rests. */
    @NotNull
    @WithDefault("PT10M")
    Duration longestRetry();
}
