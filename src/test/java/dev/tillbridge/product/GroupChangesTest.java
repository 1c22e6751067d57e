package dev.tillbridge.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.NewItem;
import dev.tillbridge.product.Creation.Kind;
import dev.tillbridge.product.NextStep.ChangeOptions;
import dev.tillbridge.product.NextStep.Make;
import dev.tillbridge.product.NextStep.Rename;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.PlannedItem;
import dev.tillbridge.product.ProductPlan.Shape;

/** A tee of two sizes and two colours on the till, and what follows when the shop calls things otherwise. */
class GroupChangesTest {

    private final Creation group = part(Kind.GROUP, "", "Tee", "G");
    private final Creation size = part(Kind.ATTRIBUTE, "G", "Size", "A1");
    private final Creation colour = part(Kind.ATTRIBUTE, "G", "Colour", "A2");
    private final Creation small = part(Kind.OPTION, "A1", "S", "O1");
    private final Creation medium = part(Kind.OPTION, "A1", "M", "O2");
    private final Creation red = part(Kind.OPTION, "A2", "Red", "O3");
    private final Creation blue = part(Kind.OPTION, "A2", "Blue", "O4");
    private final List<Creation> made = new ArrayList<>(List.of(group, size, colour, small, medium, red, blue,
            item("1", "I1", "O1", "O3"), item("2", "I2", "O2", "O3"), item("3", "I3", "O1", "O4")));

    private final Set<UUID> refused = new HashSet<>();

    @Test
    void nothing_follows_where_nothing_differs() {
        assertThat(next("Size", "Colour", "S/Red", "M/Red", "S/Blue")).isNull();
    }

    @Test
    void an_option_that_is_called_otherwise_is_renamed_and_so_is_a_value() {
        assertThat(next("Size", "Color", "S/Red", "M/Red", "S/Blue")).isEqualTo(new Rename(colour, "Color"));
        assertThat(next("Length", "Color", "S/Red", "M/Red", "S/Blue")).isEqualTo(new Rename(size, "Length"));
        assertThat(next("Size", "Colour", "S/Crimson", "M/Crimson", "S/Blue")).isEqualTo(new Rename(red, "Crimson"));
        made.set(5, red.renaming("Crimson").renamed());
        assertThat(next("Size", "Colour", "S/Crimson", "M/Crimson", "S/Blue")).isNull();
    }

    @Test
    void options_in_another_order_are_the_same_options() {
        assertThat(next("Colour", "Size", "Red/S", "Red/M", "Blue/S")).isNull();
    }

    @Test
    void a_chain_of_names_is_followed_from_its_end() {
        assertThat(next("Size", "Colour", "S/Crimson", "M/Crimson", "S/Red")).isEqualTo(new Rename(red, "Crimson"));
        made.set(5, red.renaming("Crimson").renamed());
        assertThat(next("Size", "Colour", "S/Crimson", "M/Crimson", "S/Red")).isEqualTo(new Rename(blue, "Red"));
    }

    @Test
    void names_that_change_places_change_the_items_options() {
        assertThat(next("Size", "Colour", "S/Blue", "M/Blue", "S/Red")).isInstanceOfSatisfying(ChangeOptions.class,
                change -> assertThat(change.items()).extracting(Creation::tillId, Creation::optionIds).containsExactly(
                        org.assertj.core.groups.Tuple.tuple("I1", List.of("O1", "O4")),
                        org.assertj.core.groups.Tuple.tuple("I2", List.of("O2", "O4")),
                        org.assertj.core.groups.Tuple.tuple("I3", List.of("O1", "O3"))));
    }

    @Test
    void an_item_that_alone_has_another_value_gets_an_option_of_its_own() {
        assertThat(next("Size", "Colour", "S/Red", "L/Crimson", "S/Blue")).as("the only medium one")
                .isEqualTo(new Rename(medium, "L"));
        made.set(4, medium.renaming("L").renamed());
        assertThat(next("Size", "Colour", "S/Red", "L/Crimson", "S/Blue")).isInstanceOfSatisfying(Make.class, make -> {
            assertThat(make.creation().kind()).isEqualTo(Kind.OPTION);
            assertThat(make.creation().parent()).isEqualTo("A2");
            assertThat(make.creation().subject()).isEqualTo("Crimson");
        });
        made.add(part(Kind.OPTION, "A2", "Crimson", "O5"));
        assertThat(next("Size", "Colour", "S/Red", "L/Crimson", "S/Blue")).isInstanceOfSatisfying(ChangeOptions.class,
                change -> assertThat(change.items()).singleElement().satisfies(item -> {
                    assertThat(item.optionIds()).containsExactly("O2", "O5");
                    assertThat(item.optionsJoined()).isFalse();
                }));
    }

    @Test
    void another_number_of_options_is_left_to_planning() {
        ProductPlan one = new ProductPlan(Shape.GROUP, "Tee", null, List.of(new Attribute("Size", List.of("S", "M"))),
                List.of(planned("1", "S"), planned("2", "M")), List.of());

        assertThat(GroupChanges.next("p", one, made, Set.of())).isNull();
    }

    @Test
    void a_name_whose_writing_nobody_confirmed_is_written_again() {
        Creation doubtful = red.renaming("Crimson").renaming("Red");
        made.set(5, doubtful);

        assertThat(next("Size", "Colour", "S/Red", "M/Red", "S/Blue")).isEqualTo(new Rename(doubtful, "Red"));
    }

    @Test
    void a_name_that_the_till_refuses_keeps_nothing_else_from_being_done() {
        refused.add(group.id());
        refused.add(colour.id());

        assertThat(GroupChanges.next("p", plan("Shirt", "Size", "Color", "Small/Red", "M/Red", "Small/Blue"), made, refused))
                .isEqualTo(new Rename(small, "Small"));
    }

    private NextStep next(String first, String second, String... values) {
        return GroupChanges.next("p", plan("Tee", first, second, values), made, refused);
    }

    private static ProductPlan plan(String title, String first, String second, String... values) {
        List<PlannedItem> items = new ArrayList<>();
        for (int at = 0; at < values.length; at++) {
            items.add(planned(String.valueOf(at + 1), values[at].split("/")));
        }
        List<Attribute> attributes = List.of(
                new Attribute(first, items.stream().map(item -> item.options().get(0)).distinct().toList()),
                new Attribute(second, items.stream().map(item -> item.options().get(1)).distinct().toList()));
        return new ProductPlan(Shape.GROUP, title, null, attributes, items, List.of());
    }

    private static PlannedItem planned(String variant, String... values) {
        return new PlannedItem(variant, "Tee", null, null, 100, List.of(values));
    }

    private static Creation part(Kind kind, String parent, String name, String tillId) {
        return NextStep.part("p", kind, parent, name).as(tillId);
    }

    private static Creation item(String variant, String tillId, String... options) {
        return new Creation(UUID.randomUUID(), "p", Kind.ITEM, "G", variant, "Tee", new NewItem("Tee", null, null, 100, "G"),
                List.of(options), List.of(), tillId, true, true, false, null);
    }
}
