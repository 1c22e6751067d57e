package dev.tillbridge.order;

/**
 * A tax on a line.
 *
 * @param rate 10,000,000 is 100 % (Clover's unit; 8.25 % is 825,000)
 * @param flat a fixed tax in minor units instead of a rate; null where there is a rate
 */
public record TaxRate(String id, String name, long rate, Long flat) {}
