package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shop's shipping settings: one delivery profile with its zones and their methods. */
final class ShippingBook {

    /** @param zone the name of the countries it ships to */
    record Method(long id, String zone, String name, boolean active) {}

    /** A zone with its methods. */
    record Zone(long id, String name, List<Method> methods) {}

    /** The locations that ship alike, all of the shop's. */
    record Group(List<Zone> zones) {}

    /** The profile for whatever no other covers. */
    record Profile(long id, String name, Group group) {}

    private static final long PROFILE = 110_382_350_642L;
    private static final long FIRST_ZONE = 452_021_240_114L;
    private static final long FIRST_METHOD = 768_911_696_178L;

    private List<Method> methods = List.of();
    private long next = FIRST_METHOD;

    ShippingBook() {
        List<Method> first = new ArrayList<>();
        for (String name : List.of("Standard", "Express", "Local delivery")) {
            first.add(method("Domestic", name, true));
        }
        first.add(method("International", "International standard", true));
        replace(first);
    }

    Method method(String zone, String name, boolean active) {
        return new Method(next++, zone, name, active);
    }

    void replace(List<Method> those) {
        methods = List.copyOf(those);
    }

    List<Profile> profiles() {
        Map<String, List<Method>> byZone = new LinkedHashMap<>();
        methods.forEach(method -> byZone.computeIfAbsent(method.zone(), any -> new ArrayList<>()).add(method));
        List<Zone> zones = new ArrayList<>();
        byZone.forEach((name, those) -> zones.add(new Zone(FIRST_ZONE + zones.size(), name, those)));
        return List.of(new Profile(PROFILE, "General profile", new Group(zones)));
    }
}
