package dev.tillbridge.channel;

import java.util.List;

/**
 * What trying a till's credential found out. Permissions are the integration's keys; what could not be told is
 * unverified, never granted.
 */
public record TillProbe(TillMerchant merchant, List<String> granted, List<String> missing, List<String> unverified) {}
