package dev.tillbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class MatchingTest {

    private static final Matching.Row CUP = new Matching.Row("I1", "Cup", "A1", null);
    private static final Matching.Row MUG = new Matching.Row("I2", "Mug", "A1", null);

    @Test
    void links_the_one_item_that_carries_the_key() {
        assertThat(decide("A1", List.of(), List.of(CUP))).isEqualTo(new Matching.Link("I1", "same SKU A1"));
    }

    @Test
    void names_the_rows_that_collide_on_both_sides() {
        var twin = new Matching.Row("9", "Other tea", "A1", null);
        assertThat(decide("A1", List.of(twin), List.of(MUG, CUP)).reason())
                .isEqualTo("The SKU \"A1\" is not unique: 2 variants have it, also \"Other tea\" (9);"
                        + " 2 items have it: \"Cup\" (I1), \"Mug\" (I2)");
        assertThat(decide("A1", List.of(twin), List.of())).isInstanceOf(Matching.Ambiguous.class);
    }

    @Test
    void says_how_many_more_rows_collide_than_it_names() {
        var facts = new Matching.Facts(UniqueIdentifier.BARCODE, "A1", List.of(), 0,
                List.of(CUP, MUG, new Matching.Row("I3", "Pot", "A1", null), new Matching.Row("I4", "Jar", "A1", null)), 12,
                List.of(), List.of());
        assertThat(Matching.decide(facts).reason()).isEqualTo(
                "The barcode \"A1\" is not unique: 12 items have it: \"Cup\" (I1), \"Mug\" (I2), \"Pot\" (I3) and 9 more");
    }

    @Test
    void a_taken_item_is_not_free_even_where_it_is_the_only_one() {
        var taken = new Matching.Row("I1", "Cup", "A1", "Green tea");
        assertThat(decide("A1", List.of(), List.of(taken)))
                .isEqualTo(new Matching.Unlinked("\"Cup\" (I1) has the same SKU \"A1\" but is linked to Green tea"));
    }

    @Test
    void a_refused_pair_is_blocked() {
        var facts = new Matching.Facts(UniqueIdentifier.SKU, "A1", List.of(), 0, List.of(CUP), 1, List.of(), List.of("I1"));
        assertThat(Matching.decide(facts)).isInstanceOf(Matching.Blocked.class);
    }

    @Test
    void near_misses_are_hints() {
        assertThat(nearMiss("a1", "A1")).endsWith("differs from \"a1\" by case");
        assertThat(nearMiss("0123", "123")).endsWith("differs from \"0123\" by leading zeros");
        assertThat(nearMiss("0a1", "A1")).endsWith("differs from \"0a1\" by case and leading zeros");
        assertThat(decide("A1", List.of(), List.of()).reason()).isEqualTo("No item on the till has the SKU \"A1\"");
        assertThat(decide(null, List.of(), List.of()).reason()).isEqualTo("The variant has no SKU");
    }

    @Test
    void a_link_drifts_when_identifiers_that_agreed_agree_no_longer() {
        assertThat(Matching.drift(UniqueIdentifier.SKU, "A", "A", "A", "A")).isNull();
        assertThat(Matching.drift(UniqueIdentifier.SKU, "B", "A", "A", "A"))
                .isEqualTo("The variant's SKU is \"B\", the item's SKU is \"A\"");
        assertThat(Matching.drift(UniqueIdentifier.BARCODE, null, null, "A", "A"))
                .isEqualTo("The variant's barcode is empty, the item's product code is empty");
    }

    @Test
    void what_a_person_linked_as_it_differs_drifts_only_when_it_changes() {
        assertThat(Matching.drift(UniqueIdentifier.SKU, "A", null, "A", null)).isNull();
        assertThat(Matching.drift(UniqueIdentifier.SKU, "A", "C", "A", "B")).isNotNull();
        assertThat(Matching.drift(UniqueIdentifier.SKU, "C", "C", "A", "B")).isNull();
    }

    private static String nearMiss(String key, String other) {
        var facts = new Matching.Facts(UniqueIdentifier.SKU, key, List.of(), 0, List.of(), 0,
                List.of(new Matching.Row("I1", "Cup", other, null)), List.of());
        var decision = Matching.decide(facts);
        assertThat(decision).isInstanceOf(Matching.Unlinked.class);
        return decision.reason();
    }

    private static Matching.Decision decide(String key, List<Matching.Row> twins, List<Matching.Row> items) {
        return Matching
                .decide(new Matching.Facts(UniqueIdentifier.SKU, key, twins, twins.size(), items, items.size(), List.of(),
                        List.of()));
    }
}
