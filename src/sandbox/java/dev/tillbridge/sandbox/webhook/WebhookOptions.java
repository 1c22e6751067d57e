package dev.tillbridge.sandbox.webhook;

import java.time.Duration;

/**
 * How webhooks are delivered from the start.
 *
 * @param local whether http:// addresses on this machine are taken; the vendors themselves take https:// alone
 * @param retrySpan over how long the retries of one webhook are spread; the vendor's own is 4 hours
 */
public record WebhookOptions(boolean local, Duration retrySpan) {

    /** As the vendors have it. */
    public static final WebhookOptions DEFAULTS = new WebhookOptions(false, Duration.ofHours(4));

    /** For tests and development: receivers on this machine, retries within a short time. */
    public static WebhookOptions localWithin(Duration retrySpan) {
        return new WebhookOptions(true, retrySpan);
    }
}
