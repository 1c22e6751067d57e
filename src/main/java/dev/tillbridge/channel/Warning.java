package dev.tillbridge.channel;

/** Something that works, but not as a merchant may expect. The code is stable, the message says what to do. */
public record Warning(String code, String message) {}
