package dev.tillbridge.channel;

/** How long texts may be at a till, in UTF-16 units: names of all kinds, and identifiers (SKU, product code). */
public record TillLimits(int name, int identifier) {}
