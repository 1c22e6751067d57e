package dev.tillbridge.sandbox.clover;

/**
 * A discount of a line or of an order: it carries either a percentage or an amount. Clover wants amounts negative, yet positive
 * ones were seen (facts, section 8): both are given out as they came in, and the absolute value counts.
 *
 * @param percentage whole percent; null where there is an amount
 * @param amount minor units of either sign; null where there is a percentage
 */
record Discount(String id, String name, Long percentage, Long amount) {}
