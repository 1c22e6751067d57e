package dev.tillbridge.catalog;

/** A place of the storefront that holds stock. At most one is primary. */
public record Location(String id, String name, boolean active, boolean primary) {}
