package dev.tillbridge.order;

/** A kind of sale that the till tells apart, such as "Delivery". */
public record OrderType(String id, String label) {}
