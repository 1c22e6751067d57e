package dev.tillbridge.sandbox.http;

/** How an answer is spoiled. */
public enum FaultKind {
    /** Only delays. */
    LATENCY,
    /** The call is done, and its answer delayed. */
    LATENCY_AFTER,
    /** The vendor's 429; nothing is done. */
    TOO_MANY_REQUESTS,
    /** The vendor's 5xx; nothing is done. */
    SERVER_ERROR_BEFORE,
    /** The call is done, then answered with the vendor's 5xx. */
    SERVER_ERROR_AFTER,
    /** The connection is reset; nothing is done. */
    RESET_BEFORE,
    /** The call is done, then the connection is reset. */
    RESET_AFTER,
    /** The call is done; its answer ends in the middle, its length agreeing with what is sent. */
    TRUNCATED_JSON,
    /** The call is done; its answer is no JSON although it says so. */
    MALFORMED_JSON,
    /** A gateway's error page, 502; nothing is done. */
    HTML,
    /** A webhook is never sent. */
    WEBHOOK_LOST,
    /** A webhook is sent twice at once, with the same ids. */
    WEBHOOK_DOUBLED,
    /** A webhook is sent late, by {@code latencyMs} to {@code mostMs}. */
    WEBHOOK_DELAYED,
    /** A webhook waits until a later one to the same address has been sent, or for two seconds. */
    WEBHOOK_REORDERED;

    /** Whether it strikes webhooks, its operation being their topic, and no calls. */
    public boolean ofWebhooks() {
        return this == WEBHOOK_LOST || this == WEBHOOK_DOUBLED || this == WEBHOOK_DELAYED || this == WEBHOOK_REORDERED;
    }
}
