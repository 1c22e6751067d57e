package dev.tillbridge.shopify;

/**
 * What came over the wire, unread.
 *
 * @param date the header as sent, null where it is missing
 * @param retryAfter the header as sent, null where it is missing
 * @param requestId {@code X-Request-Id}, what Shopify's support asks for; null where it is missing
 */
record HttpAnswer(int status, String date, String retryAfter, String requestId, String body) {}
