package dev.tillbridge.channel;

/**
 * What a till arranges its items by.
 *
 * @param parent the id of what it belongs to: an attribute's group, an option's attribute; null for categories and groups
 */
public record TillPart(Kind kind, String id, String parent, String name) {

    public enum Kind {
        CATEGORY,
        /** Items that are variants of one thing. */
        GROUP,
        /** What variants of a group differ in, such as size. */
        ATTRIBUTE,
        /** One of an attribute's values. */
        OPTION
    }
}
