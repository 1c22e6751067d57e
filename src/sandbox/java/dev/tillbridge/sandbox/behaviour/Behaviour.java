package dev.tillbridge.sandbox.behaviour;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The position of every {@link Switch}. */
public final class Behaviour {

    private final Map<Switch, String> positions = new EnumMap<>(Switch.class);

    /** Whether the switch stands at this value. */
    public boolean is(Switch which, String value) {
        if (!which.positions().contains(value)) {
            throw new IllegalArgumentException(value + " is no value of " + which.key());
        }
        return get(which).equals(value);
    }

    public String get(Switch which) {
        return positions.getOrDefault(which, which.positions().get(0));
    }

    /**
     * Sets a switch by its name.
     *
     * @throws IllegalArgumentException for an unknown name or value, naming the legal ones
     */
    public void set(String key, String value) {
        Switch which = Switch.named(key).orElseThrow(() -> new IllegalArgumentException(
                "There is no switch \"" + key + "\". Switches: "
                        + Stream.of(Switch.values()).map(Switch::key).collect(Collectors.joining(", ")) + "."));
        if (!which.positions().contains(value)) {
            throw new IllegalArgumentException("The switch \"" + key + "\" takes one of "
                    + String.join(", ", which.positions()) + ", not \"" + value + "\".");
        }
        positions.put(which, value);
    }

    /** Every switch by name with its position. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Switch each : Switch.values()) {
            all.put(each.key(), get(each));
        }
        return all;
    }

    /** Every switch back to its default. */
    public void reset() {
        positions.clear();
    }
}
