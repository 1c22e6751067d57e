package dev.tillbridge.sandbox.clover;

/**
 * A service charge.
 *
 * @param percentageDecimal percent times 10,000: 18 % is 180000
 */
record Charge(String id, String name, long percentageDecimal) {}
