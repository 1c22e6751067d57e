package dev.tillbridge.sandbox.clover;

import java.util.Set;
import java.util.stream.Collectors;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;

/** What of a sale is to be expanded, nested with dots; unknown names are ignored. Clover: docs.clover.com/docs/expanding-fields. */
record Expansion(Set<String> names) {

    private static final int MOST = 3;

    /** @throws CloverError 400 for more than Clover allows */
    static Expansion of(Call call, Behaviour behaviour) {
        Set<String> names = call.expand().stream().map(String::trim).collect(Collectors.toSet());
        if (names.size() > MOST && behaviour.is(Switch.EXPAND_LIMIT, "three")) {
            throw CloverError.badRequest("Cannot expand more than " + MOST + " fields");
        }
        return new Expansion(names);
    }

    /** Whether it, or something below it, is to be expanded. */
    boolean has(String name) {
        return !names.isEmpty() && (names.contains(name) || names.stream().anyMatch(each -> each.startsWith(name + ".")));
    }

    /** What is to be expanded below it. */
    Expansion below(String name) {
        return new Expansion(names.stream().filter(each -> each.startsWith(name + "."))
                .map(each -> each.substring(name.length() + 1)).collect(Collectors.toSet()));
    }
}
