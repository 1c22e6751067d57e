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
    HTML
}
