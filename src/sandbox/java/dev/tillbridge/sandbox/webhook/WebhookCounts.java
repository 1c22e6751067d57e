package dev.tillbridge.sandbox.webhook;

/**
 * What became of a side's webhooks.
 *
 * @param told webhooks there were to send, lost ones and each one's doubles not counted twice
 * @param sent attempts, retries and doubles included
 * @param delivered attempts answered 2xx in time
 * @param failed attempts that were not
 * @param givenUp webhooks whose last attempt failed
 * @param lost by fault
 * @param doubled by fault
 * @param delayed by fault
 * @param reordered by fault
 * @param dropped for want of room in the queue
 * @param pending queued, under way, held back or waiting for a retry
 */
public record WebhookCounts(long told, long sent, long delivered, long failed, long givenUp, long lost, long doubled,
        long delayed, long reordered, long dropped, long pending) {}
