package dev.tillbridge.channel;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What can be connected, as {@code GET /integrations} shows it.
 *
 * @param kind {@code till} or {@code storefront}
 * @param permissions what its credential must be allowed, in the vendor's own words
 */
public record Integration(String key, String kind, String name, List<Field> fields, List<Permission> permissions) {

    /** The keys of the permissions without which nothing can be made or changed in a till's catalogue. */
    Set<String> catalogueWrites() {
        return permissions.stream().filter(Permission::writesCatalogue).map(Permission::key).collect(Collectors.toSet());
    }

    /** A field of the form that connects it; {@code secret} ones are write-only. */
    public record Field(String name, String label, String help, boolean secret, List<String> choices) {}

    /** {@code key}: {@code INVENTORY_W}; {@code label}: "Inventory: write"; {@code reason}: what it is for. */
    public record Permission(String key, String label, String reason, @JsonIgnore boolean writesCatalogue) {

        public Permission(String key, String label, String reason) {
            this(key, label, reason, false);
        }
    }
}
