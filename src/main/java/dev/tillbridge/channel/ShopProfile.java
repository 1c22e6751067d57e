package dev.tillbridge.channel;

import java.util.List;

import dev.tillbridge.catalog.Location;

/** A store as it describes itself. {@code domain} is the permanent one, which may differ in case from what was typed. */
public record ShopProfile(String domain, String name, String currency, boolean taxesIncluded, String timezone,
        List<Location> locations, List<String> scopesGranted, List<String> scopesMissing) {}
