package dev.tillbridge.sandbox.webhook;

/** Counts of one side while they grow. */
final class Tally {

    long told;
    long sent;
    long delivered;
    long failed;
    long givenUp;
    long lost;
    long doubled;
    long delayed;
    long reordered;
    long dropped;
    long pending;

    WebhookCounts view() {
        return new WebhookCounts(told, sent, delivered, failed, givenUp, lost, doubled, delayed, reordered, dropped, pending);
    }
}
