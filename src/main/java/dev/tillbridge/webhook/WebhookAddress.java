package dev.tillbridge.webhook;

import java.net.URI;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.tillbridge.channel.WebhookConfig;

/** Where an integration's webhooks arrive, as its vendor sees it. */
@ApplicationScoped
class WebhookAddress {

    private final WebhookConfig config;

    WebhookAddress(WebhookConfig config) {
        this.config = config;
    }

    /** Empty where nobody said how this service is reached. */
    Optional<URI> of(String integration) {
        return config.publicUrl()
                .map(base -> URI.create(base.toString().replaceAll("/+$", "") + "/webhooks/" + integration));
    }
}
