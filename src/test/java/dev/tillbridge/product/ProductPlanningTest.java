package dev.tillbridge.product;

import static dev.tillbridge.product.Products.TERMS;
import static dev.tillbridge.product.Products.linked;
import static dev.tillbridge.product.Products.product;
import static dev.tillbridge.product.Products.variant;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.price.PriceRounding;
import dev.tillbridge.price.PriceRule;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.Shape;

class ProductPlanningTest {

    @Test
    void one_variant_is_one_item_of_the_products_name() {
        ProductPlan plan = plan(product("Mug", variant("1", "MUG", "4.5", "Title", "Default Title")), Made.NOTHING);

        assertThat(plan.shape()).isEqualTo(Shape.SINGLE);
        assertThat(plan.attributes()).isEmpty();
        assertThat(plan.items()).singleElement().satisfies(item -> {
            assertThat(item.price()).isEqualTo(450);
            assertThat(item.sku()).isEqualTo("MUG");
            assertThat(item.options()).isEmpty();
        });
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void several_are_a_group_with_the_options_in_the_stores_order() {
        ProductPlan plan = plan(product("Tee", variant("1", "A", "10", "Size", "S", "Colour", "Red"),
                variant("2", "B", "10", "Size", "M", "Colour", "Red"), variant("3", "C", "10", "Size", "S", "Colour", "Blue")),
                Made.NOTHING);

        assertThat(plan.shape()).isEqualTo(Shape.GROUP);
        assertThat(plan.groupName()).isEqualTo("Tee");
        assertThat(plan.attributes()).containsExactly(new Attribute("Size", List.of("S", "M")),
                new Attribute("Colour", List.of("Red", "Blue")));
        assertThat(plan.items()).extracting("variantId").containsExactly("1", "2", "3");
    }

    @Test
    void a_product_that_gained_variants_keeps_its_old_item_beside_the_group() {
        ProductFacts facts = product("Tee", linked(variant("1", "A", "10", "Size", "S"), "I1", null),
                variant("2", "B", "10", "Size", "M"));

        ProductPlan plan = plan(facts, new Made(null, Map.of("1", "I1"), false, 0));

        assertThat(plan.shape()).isEqualTo(Shape.GROUP);
        assertThat(plan.items()).extracting("variantId").containsExactly("2");
        assertThat(plan.attributes()).containsExactly(new Attribute("Size", List.of("M")));
        assertThat(plan.leftOut()).extracting("variantId", "code").containsExactly(
                org.assertj.core.groups.Tuple.tuple("1", "item-outside-group"));
    }

    @Test
    void a_variant_added_to_a_grouped_product_joins_its_group() {
        ProductFacts facts = product("Tee", linked(variant("1", "A", "10", "Size", "S"), "I1", "G"),
                variant("2", "B", "10", "Size", "M"));

        ProductPlan plan = plan(facts, new Made("G", Map.of("1", "I1"), true, 1));

        assertThat(plan.items()).extracting("variantId").containsExactly("1", "2");
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void what_the_till_cannot_express_is_left_out_with_its_reason() {
        assertThat(reasons(product("Mug", variant("1", "A", null)), Made.NOTHING)).containsExactly("no-price");
        assertThat(reasons(product("Mug", variant("1", "A", "-1")), Made.NOTHING)).containsExactly("price-negative");
        assertThat(reasons(product("Mug", variant("1", "A", "99999999999999999999")), Made.NOTHING))
                .containsExactly("price-impossible");
        assertThat(reasons(product("Mug", variant("1", "A".repeat(101), "1")), Made.NOTHING))
                .containsExactly("identifier-too-long");
        assertThat(reasons(product(" \t", variant("1", "A", "1")), Made.NOTHING)).containsExactly("no-title");
        assertThat(reasons(product("Tee", variant("1", "A", "1", "Size", "S"), variant("2", "B", "1", "Colour", "Red")),
                Made.NOTHING)).containsExactly("options-differ");
        assertThat(reasons(product("Tee", variant("1", "A", "1", "Size", "x".repeat(127) + "1"),
                variant("2", "B", "1", "Size", "x".repeat(127) + "2")), Made.NOTHING))
                .containsExactly("same-options", "option-names-collide");
        assertThat(reasons(product("Mug", variant("1", "A", "1")), new Made(null, Map.of("1", "I1"), false, 0)))
                .containsExactly("item-gone");
        assertThat(reasons(product("Tee", linked(variant("1", "A", "1", "Size", "S"), "I1", "G"),
                variant("2", "B", "1", "Grösse", "M")), new Made("G", Map.of("1", "I1"), true, 1)))
                .contains("options-differ");
    }

    @Test
    void a_group_whose_options_are_others_by_now_takes_no_more_variants() {
        ProductFacts facts = product("Tee", linked(variant("1", "A", "1", "Size", "S", "Colour", "Red"), "I1", "G"),
                variant("2", "B", "1", "Size", "M", "Colour", "Red"));

        assertThat(plan(facts, new Made("G", Map.of("1", "I1"), true, 1)).leftOut()).extracting("variantId", "code")
                .containsExactly(org.assertj.core.groups.Tuple.tuple(null, "options-changed"),
                        org.assertj.core.groups.Tuple.tuple("2", "options-changed"));
    }

    @Test
    void a_product_that_lost_its_options_does_not_call_them_by_the_stand_in() {
        ProductFacts facts = product("Tee", linked(variant("1", "A", "1", "Title", "Default Title"), "I1", "G"));

        ProductPlan plan = plan(facts, new Made("G", Map.of("1", "I1"), true, 1));

        assertThat(plan.leftOut()).extracting("code").containsExactly("options-changed");
        assertThat(plan.items()).singleElement().satisfies(item -> assertThat(item.options()).isEmpty());
    }

    @Test
    void a_new_item_costs_what_the_price_rule_says() {
        Terms dearer = new Terms(Products.TERMS.prices(),
                new PriceRule(BigDecimal.TEN, BigDecimal.ZERO, PriceRounding.TO_99), Products.TERMS.limits());

        assertThat(ProductPlanning.plan(product("Mug", variant("1", "A", "10")), dearer, Made.NOTHING).items())
                .extracting("price").containsExactly(1099L);
    }

    @Test
    void an_item_that_was_made_before_the_group_does_not_keep_the_groups_options_from_being_made() {
        ProductFacts facts = product("Tee", linked(variant("1", "A", "1", "Size", "S", "Colour", "Red"), "I1", null),
                variant("2", "B", "1", "Size", "M", "Colour", "Red"));

        ProductPlan plan = plan(facts, new Made("G", Map.of("1", "I1"), false, 1));

        assertThat(plan.items()).extracting("variantId").containsExactly("2");
    }

    @Test
    void nothing_is_published_where_prices_cannot_be_copied() {
        ProductFacts mug = product("Mug", variant("1", "A", "1"));
        Terms yen = Products.terms("JPY", "USD", false, false);
        Terms vat = Products.terms("USD", "USD", false, true);

        assertThat(ProductPlanning.plan(mug, yen, Made.NOTHING).leftOut()).extracting("code")
                .containsExactly("currency-differs");
        assertThat(ProductPlanning.plan(mug, vat, Made.NOTHING).leftOut()).extracting("code")
                .containsExactly("tax-basis-differs");
        assertThat(ProductPlanning.plan(mug, Products.terms("JPY", "JPY", true, true), Made.NOTHING).items())
                .extracting("price").containsExactly(1L);
    }

    @Test
    void nothing_is_made_of_a_product_that_is_not_sold() {
        ProductFacts draft = new ProductFacts("p", "Mug", null, false, List.of(variant("1", "A", "1")));

        assertThat(plan(draft, Made.NOTHING)).isEqualTo(ProductPlan.nothing(List.of()));
    }

    @Test
    void what_was_begun_is_finished_though_the_product_is_no_longer_sold() {
        ProductFacts draft = new ProductFacts("p", "Tee", null, false, List.of(
                linked(variant("1", "A", "10", "Size", "S"), "I1", "G"), variant("2", "B", "10", "Size", "M")));

        ProductPlan plan = plan(draft, new Made("G", Map.of("1", "I1"), true, 1));

        assertThat(plan.groupName()).isEqualTo("Tee");
        assertThat(plan.items()).extracting("variantId").containsExactly("1");
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void names_fit_the_till_and_never_end_in_half_a_character() {
        String long128 = "x".repeat(126) + "\uD83C\uDF75y";

        assertThat(TillText.name(long128, 127)).isEqualTo("x".repeat(126));
        assertThat(TillText.name(long128, 128)).isEqualTo("x".repeat(126) + "\uD83C\uDF75");
        assertThat(TillText.name(" a\n\tb ", 127)).isEqualTo("a b");
        assertThat(TillText.name(null, 127)).isNull();
    }

    private static ProductPlan plan(ProductFacts facts, Made made) {
        return ProductPlanning.plan(facts, TERMS, made);
    }

    private static List<String> reasons(ProductFacts facts, Made made) {
        return plan(facts, made).leftOut().stream().map(LeftOut::code).toList();
    }
}
