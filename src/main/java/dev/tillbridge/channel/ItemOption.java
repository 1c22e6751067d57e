package dev.tillbridge.channel;

/** An item of a group and one of its options, by the till's ids. */
public record ItemOption(String itemId, String optionId) {}
