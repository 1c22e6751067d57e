package dev.tillbridge.sandbox.shopify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A location with the levels of all variants, each at the variant's slot. */
final class LocationRow {

    /** Quantity names besides available, on_hand and committed; on_hand = available + committed + the unavailable ones. */
    static final List<String> UNAVAILABLE = List.of("reserved", "damaged", "safety_stock", "quality_control");
    private static final byte NONE = 0;
    private static final byte ACTIVE = 1;
    private static final byte INACTIVE = 2;

    final int slot;
    String name;
    final long createdAt;
    boolean active = true;
    private byte[] states = new byte[64];
    private int[] available = new int[64];
    private int[] committed = new int[64];
    private long[] created = new long[64];
    private long[] updated = new long[64];
    /** Quantities that few levels have, by slot and name. */
    private final Map<Integer, Map<String, Integer>> others = new HashMap<>();

    LocationRow(int slot, String name, long now) {
        this.slot = slot;
        this.name = name;
        this.createdAt = now;
    }

    /** Stocks an item here, or activates its level again with its earlier quantity (doc: inventoryActivate). */
    void stock(int variant, long now) {
        grow(variant);
        if (states[variant] == NONE) {
            created[variant] = now;
            updated[variant] = now;
        }
        states[variant] = ACTIVE;
    }

    void deactivate(int variant) {
        if (stocked(variant)) {
            states[variant] = INACTIVE;
        }
    }

    void forget(int variant) {
        if (variant < states.length) {
            states[variant] = NONE;
            available[variant] = 0;
            committed[variant] = 0;
            others.remove(variant);
        }
    }

    /** Whether there is a level, active or not. */
    boolean known(int variant) {
        return variant < states.length && states[variant] != NONE;
    }

    /** Whether there is an active level. */
    boolean stocked(int variant) {
        return variant < states.length && states[variant] == ACTIVE;
    }

    int available(int variant) {
        return variant < available.length ? available[variant] : 0;
    }

    long created(int variant) {
        return created[variant];
    }

    long updated(int variant) {
        return variant < updated.length ? updated[variant] : 0;
    }

    long quantity(int variant, String quantity) {
        if (!known(variant)) {
            return 0;
        }
        if (quantity.equals("available")) {
            return available[variant];
        }
        if (quantity.equals("committed")) {
            return committed[variant];
        }
        Map<String, Integer> rest = others.getOrDefault(variant, Map.of());
        if (quantity.equals("on_hand")) {
            long unavailable = 0;
            for (String each : UNAVAILABLE) {
                unavailable += rest.getOrDefault(each, 0);
            }
            return (long) available[variant] + committed[variant] + unavailable;
        }
        return rest.getOrDefault(quantity, 0);
    }

    void set(int variant, String quantity, int value, long now) {
        grow(variant);
        switch (quantity) {
            case "available" -> available[variant] = value;
            case "committed" -> committed[variant] = value;
            default -> others.computeIfAbsent(variant, key -> new HashMap<>()).put(quantity, value);
        }
        updated[variant] = now;
    }

    private void grow(int variant) {
        if (variant >= states.length) {
            int size = Math.max(variant + 1, states.length * 2);
            states = Arrays.copyOf(states, size);
            available = Arrays.copyOf(available, size);
            committed = Arrays.copyOf(committed, size);
            created = Arrays.copyOf(created, size);
            updated = Arrays.copyOf(updated, size);
        }
    }
}
