package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metafields of products, variants and orders, and their definitions. A definition of type {@code id} makes its values unique
 * per owner type and lets owners be found by them (doc: apps/build/custom-data/metafields/working-with-custom-ids).
 */
final class Metafields {

    /** A definition; {@code unique} is the capability that type {@code id} always has. */
    record Definition(long id, String name, String namespace, String key, String type, String ownerType, boolean unique) {}

    /** A value on an owner. */
    static final class Value {
        final long id;
        final String owner;
        final String ownerType;
        final String namespace;
        final String key;
        final String type;
        final long createdAt;
        String value;
        long updatedAt;

        Value(long id, String owner, String ownerType, String namespace, String key, String type, long now) {
            this.id = id;
            this.owner = owner;
            this.ownerType = ownerType;
            this.namespace = namespace;
            this.key = key;
            this.type = type;
            this.createdAt = now;
        }

        /** Changes with the value; Shopify's own digest is opaque. */
        String digest() {
            return Integer.toHexString(value.hashCode()) + Long.toHexString(id);
        }
    }

    private static final long FIRST_DEFINITION = 133_400_592_690L;
    private static final long FIRST_VALUE = 42_139_087_470_898L;
    private static final long STEP = 32_768;

    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, Map<String, Value>> byOwner = new HashMap<>();
    /** Owners by owner type, namespace, key and value, for definitions with unique values. */
    private final Map<String, String> unique = new HashMap<>();
    private long values;
    private int defined;

    /** The definition; empty if there is none for this owner type. */
    Optional<Definition> definition(String ownerType, String namespace, String key) {
        return Optional.ofNullable(definitions.get(path(ownerType, namespace, key)));
    }

    Definition define(String name, String ownerType, String namespace, String key, String type, boolean unique) {
        Definition made = new Definition(FIRST_DEFINITION + defined++ * STEP, name, namespace, key, type, ownerType,
                unique);
        definitions.put(path(ownerType, namespace, key), made);
        if (unique) {
            byOwner.values().forEach(values -> values.values().stream()
                    .filter(each -> each.ownerType.equals(ownerType) && each.namespace.equals(namespace)
                            && each.key.equals(key))
                    .forEach(each -> this.unique.putIfAbsent(path(ownerType, namespace, key) + "=" + each.value, each.owner)));
        }
        return made;
    }

    /** Deletes a definition as a person may in the admin; values stay but are no longer found by. */
    boolean undefine(String ownerType, String namespace, String key) {
        String path = path(ownerType, namespace, key);
        unique.keySet().removeIf(each -> each.startsWith(path + "="));
        return definitions.remove(path) != null;
    }

    List<Definition> definitions() {
        return new ArrayList<>(definitions.values());
    }

    Optional<Value> get(String owner, String namespace, String key) {
        return Optional.ofNullable(byOwner.getOrDefault(owner, Map.of()).get(namespace + "." + key));
    }

    List<Value> of(String owner) {
        return new ArrayList<>(byOwner.getOrDefault(owner, Map.of()).values());
    }

    /** The owner that holds this unique value; empty if nobody does. */
    Optional<String> ownerOf(String ownerType, String namespace, String key, String value) {
        return Optional.ofNullable(unique.get(path(ownerType, namespace, key) + "=" + value));
    }

    Value set(String owner, String ownerType, String namespace, String key, String type, String text, long now) {
        Value value = byOwner.computeIfAbsent(owner, any -> new LinkedHashMap<>()).computeIfAbsent(namespace + "." + key,
                any -> new Value(FIRST_VALUE + values++ * STEP, owner, ownerType, namespace, key, type, now));
        if (definition(ownerType, namespace, key).filter(Definition::unique).isPresent()) {
            if (value.value != null) {
                unique.remove(path(ownerType, namespace, key) + "=" + value.value, owner);
            }
            // Where a second one is accepted, the first is found: which one Shopify finds is not known.
            unique.putIfAbsent(path(ownerType, namespace, key) + "=" + text, owner);
        }
        value.value = text;
        value.updatedAt = now;
        return value;
    }

    /** Forgets an owner that is gone. */
    void forget(String owner) {
        Map<String, Value> gone = byOwner.remove(owner);
        if (gone != null) {
            gone.values().forEach(
                    each -> unique.remove(path(each.ownerType, each.namespace, each.key) + "=" + each.value, owner));
        }
    }

    private static String path(String ownerType, String namespace, String key) {
        return ownerType + " " + namespace + "." + key;
    }
}
