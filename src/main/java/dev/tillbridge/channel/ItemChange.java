package dev.tillbridge.channel;

/**
 * What is to be other of an item; null leaves a field as it is. Absolute, so that it may be sent again.
 */
public record ItemChange(String name, Text sku, Text code, Boolean hidden) {

    /** @param value null empties the field */
    public record Text(String value) {}

    public boolean isEmpty() {
        return name == null && sku == null && code == null && hidden == null;
    }
}
