package dev.tillbridge.channel;

import java.time.Instant;

/**
 * How a store's webhooks do. Whatever it says, everything works by polling.
 *
 * @param problem why not all could be subscribed to; null where there is nothing to say
 * @param checkedAt when the subscriptions were last looked at; null before the first time
 * @param lastReceivedAt when the last webhook came; null where none did
 * @param silentSince since when none has come although polling finds changes; else null
 * @param previousSecretUntil until when the client secret before the present one is accepted; null where there is none
 */
record WebhookState(Status status, String problem, Instant checkedAt, Instant lastReceivedAt, Instant silentSince,
        Instant previousSecretUntil) {

    enum Status {
        /** There is no client secret to verify them with. */
        UNVERIFIABLE,
        /** {@code tillbridge.webhook.public-url} is not set. */
        NOT_CONFIGURED,
        /** Not subscribed to yet. */
        PENDING,
        ACTIVE,
        /** Some topics could not be subscribed to. */
        INCOMPLETE,
        /** The subscriptions could not be looked at. */
        FAILED,
        /** None comes any more, although polling finds changes. */
        SILENT
    }
}
