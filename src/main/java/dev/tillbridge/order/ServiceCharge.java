package dev.tillbridge.order;

/** A charge on the whole sale; {@code percentage} in ten-thousandths of a percent (Clover: {@code percentageDecimal}, 110,000 is 11 %). */
public record ServiceCharge(String id, String name, long percentage) {}
