package dev.tillbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of matching whatever the catalogues: each side is a list of keys, few enough that they collide. */
class MatchingProperties {

    @Property
    void an_identifier_that_is_not_unique_never_links(@ForAll("side") List<String> variants,
            @ForAll("side") List<String> items) {
        for (var link : links(variants, items, Set.of()).entrySet()) {
            String key = variants.get(link.getKey());
            assertThat(key).isNotNull();
            assertThat(Collections.frequency(variants, key)).isEqualTo(1);
            assertThat(Collections.frequency(items, key)).isEqualTo(1);
        }
    }

    @Property
    void a_link_joins_equal_keys_and_a_near_miss_never_links(@ForAll("side") List<String> variants,
            @ForAll("side") List<String> items) {
        links(variants, items, Set.of())
                .forEach((variant, item) -> assertThat(items.get(item)).isEqualTo(variants.get(variant)));
    }

    @Property
    void both_sides_see_the_same_links(@ForAll("side") List<String> variants, @ForAll("side") List<String> items) {
        var mirrored = new HashMap<Integer, Integer>();
        links(items, variants, Set.of()).forEach((item, variant) -> mirrored.put(variant, item));
        assertThat(links(variants, items, Set.of())).isEqualTo(mirrored);
    }

    @Property
    void no_item_gets_two_links(@ForAll("side") List<String> variants, @ForAll("side") List<String> items) {
        assertThat(links(variants, items, Set.of()).values()).doesNotHaveDuplicates();
    }

    @Property
    void a_taken_item_gets_no_link(@ForAll("side") List<String> variants, @ForAll("side") List<String> items,
            @ForAll @Size(min = 1) Set<@IntRange(max = 7) Integer> taken) {
        assertThat(links(variants, items, taken).values()).doesNotContainAnyElementsOf(taken);
    }

    @Property
    void a_decision_does_not_depend_on_the_order_of_the_facts(@ForAll("side") List<String> variants,
            @ForAll("side") List<String> items, @ForAll Random random) {
        for (int variant = 0; variant < variants.size(); variant++) {
            var facts = facts(variants, items, variant, Set.of());
            assertThat(Matching.decide(new Matching.Facts(facts.identifier(), facts.key(), shuffled(facts.twins(), random),
                    facts.twinCount(), shuffled(facts.items(), random), facts.itemCount(), shuffled(facts.nearMisses(), random),
                    facts.refused()))).isEqualTo(Matching.decide(facts));
        }
    }

    @Property
    void keys_are_near_misses_of_each_other_both_ways_and_the_reason_is_the_same(@ForAll("key") String one,
            @ForAll("key") String other) {
        if (!one.equals(other) && IdentifierKey.fold(one).equals(IdentifierKey.fold(other))) {
            assertThat(IdentifierKey.difference(one, other)).isEqualTo(IdentifierKey.difference(other, one));
        }
    }

    @Provide
    Arbitrary<List<String>> side() {
        return key().injectNull(0.1).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> key() {
        return Arbitraries.strings().withChars('0', 'a', 'A').ofMinLength(1).ofMaxLength(3);
    }

    private static Map<Integer, Integer> links(List<String> from, List<String> to, Set<Integer> taken) {
        var links = new HashMap<Integer, Integer>();
        for (int row = 0; row < from.size(); row++) {
            if (Matching.decide(facts(from, to, row, taken)) instanceof Matching.Link link) {
                links.put(row, Integer.valueOf(link.itemId()));
            }
        }
        return links;
    }

    private static Matching.Facts facts(List<String> from, List<String> to, int row, Set<Integer> taken) {
        String key = from.get(row);
        var twins = new ArrayList<Matching.Row>();
        var items = new ArrayList<Matching.Row>();
        var near = new ArrayList<Matching.Row>();
        for (int other = 0; key != null && other < from.size(); other++) {
            if (other != row && key.equals(from.get(other))) {
                twins.add(new Matching.Row(String.valueOf(other), "row", key, null));
            }
        }
        for (int item = 0; key != null && item < to.size(); item++) {
            var found = new Matching.Row(String.valueOf(item), "row", to.get(item), taken.contains(item) ? "another" : null);
            if (key.equals(to.get(item))) {
                items.add(found);
            } else if (to.get(item) != null && IdentifierKey.fold(key).equals(IdentifierKey.fold(to.get(item)))) {
                near.add(found);
            }
        }
        return new Matching.Facts(UniqueIdentifier.SKU, key, twins, twins.size(), items, items.size(), near, List.of());
    }

    private static List<Matching.Row> shuffled(List<Matching.Row> rows, Random random) {
        var copy = new ArrayList<>(rows);
        Collections.shuffle(copy, random);
        return copy;
    }
}
