package dev.tillbridge.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.product.Creation.Kind;
import dev.tillbridge.product.NextStep.JoinCategory;
import dev.tillbridge.product.NextStep.JoinOptions;
import dev.tillbridge.product.NextStep.Make;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.PlannedItem;
import dev.tillbridge.product.ProductPlan.Shape;

class NextStepTest {

    private static final ProductPlan TEE = new ProductPlan(Shape.GROUP, "Tee", "Shirts",
            List.of(new Attribute("Size", List.of("S", "M"))),
            List.of(new PlannedItem("1", "Tee - S", "A", null, 100, List.of("S")),
                    new PlannedItem("2", "Tee - M", "B", null, 100, List.of("M"))),
            List.of());

    @Test
    void a_group_is_made_from_the_outside_in_and_joined_at_the_end() {
        List<Creation> made = new ArrayList<>();
        List<String> order = new ArrayList<>();

        NextStep step = NextStep.of("p", TEE, made, Set.of());
        while (step instanceof Make make) {
            Creation creation = make.creation();
            order.add(creation.kind() + " " + creation.subject() + " of " + creation.parent());
            made.add(creation.as(creation.kind().name().charAt(0) + creation.subject()));
            step = NextStep.of("p", TEE, made, Set.of());
        }

        assertThat(order).containsExactly("GROUP Tee of ", "ATTRIBUTE Size of GTee", "OPTION S of ASize", "OPTION M of ASize",
                "ITEM 1 of GTee", "ITEM 2 of GTee");
        assertThat(step).isInstanceOfSatisfying(JoinOptions.class, join -> assertThat(join.pairs())
                .containsExactly(new ItemOption("I1", "OS"), new ItemOption("I2", "OM")));
        made.replaceAll(creation -> creation.kind() == Kind.ITEM ? creation.joined(true) : creation);
        assertThat(NextStep.of("p", TEE, made, Set.of())).isInstanceOfSatisfying(JoinCategory.class,
                join -> assertThat(join.items()).hasSize(2));
        made.replaceAll(creation -> creation.kind() == Kind.ITEM ? creation.joined(false) : creation);
        assertThat(NextStep.of("p", TEE, made, Set.of())).isEqualTo(new NextStep.Done());
    }

    @Test
    void a_group_that_was_renamed_halfway_is_not_made_again() {
        Creation group = NextStep.of("p", TEE, List.of(), Set.of()) instanceof Make make ? make.creation().as("G") : null;
        ProductPlan renamed = new ProductPlan(Shape.GROUP, "Shirt", null, TEE.attributes(), TEE.items(), List.of());

        assertThat(NextStep.of("p", renamed, List.of(group), Set.of())).isEqualTo(new NextStep.Rename(group, "Shirt"));
        assertThat(NextStep.of("p", renamed, List.of(group.renaming("Shirt")), Set.of()))
                .as("whether the till has the name is not known").isEqualTo(
                        new NextStep.Rename(group.renaming("Shirt"), "Shirt"));
        assertThat(NextStep.of("p", renamed, List.of(group.renaming("Shirt").renamed()), Set.of())).isInstanceOfSatisfying(
                Make.class,
                next -> {
                    assertThat(next.creation().kind()).isEqualTo(Kind.ATTRIBUTE);
                    assertThat(next.creation().parent()).isEqualTo("G");
                });
    }
}
