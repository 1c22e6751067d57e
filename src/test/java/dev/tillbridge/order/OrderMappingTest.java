package dev.tillbridge.order;

import static dev.tillbridge.order.Sales.amount;
import static dev.tillbridge.order.Sales.item;
import static dev.tillbridge.order.Sales.percent;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class OrderMappingTest {

    private static final MappingRules.Format EMPTY = new MappingRules.Format("", false, "");
    private static final Map<String, LinkedVariant> LINKS = Map.of("I1", new LinkedVariant("V1", "S1", "Apple"), "I2",
            new LinkedVariant("V2", null, "Pear"));

    @Test
    void units_of_an_item_become_a_quantity_with_their_taxes_together() {
        // Clover's own sample: (995 + 150 + 495 + 275) x 1.0635 = 2037; here one rate over three units.
        var draft = draft(Sales.of(1623, item("L1", "I1", 500, Sales.STATE), item("L2", "I1", 500, Sales.STATE),
                item("L3", "I2", 499, Sales.STATE)));
        assertThat(draft.lines())
                .extracting(line -> line.key() + " " + line.variantId() + " " + line.title() + " " + line.quantity()
                        + " x " + line.unitPrice() + " + " + line.tax() + " at " + line.taxes().get(0).rate())
                .containsExactly("0 V1 Apple 2 x 5.00 + 0.83 at 0.0825000", "1 V2 Pear 1 x 4.99 + 0.41 at 0.0825000");
        assertThat(draft.total()).isEqualTo("16.23");
    }

    @Test
    void discounts_are_folded_into_unit_prices_and_a_cent_makes_a_line_of_its_own() {
        var draft = draft(Sales.of(1000, item("L1", "I1", 500), item("L2", "I1", 500), item("L3", "I1", 500))
                .off(amount("Happy hour", -500)));
        assertThat(draft.lines()).extracting(line -> line.quantity() + " x " + line.unitPrice())
                .containsExactly("2 x 3.33", "1 x 3.34");
        assertThat(draft.lines().get(1).properties()).containsExactly(new OrderDraft.Attribute("Price", "5.00"),
                new OrderDraft.Attribute("Discount Happy hour", "1.66"));
    }

    @Test
    void percentages_go_before_amounts_whatever_their_sign_and_a_price_never_falls_below_nothing() {
        var line = Sales.with(item("L1", "I1", 1400), List.of(), amount("Lunch", 100), percent("Select", -25));
        assertThat(draft(Sales.of(950, line)).lines().get(0).unitPrice()).isEqualTo("9.50");
        // A till that takes them one after the other.
        assertThat(draft(Sales.of(975, line)).lines().get(0).unitPrice()).isEqualTo("9.75");
        var free = Sales.with(item("L1", "I1", 1400), List.of(), amount("Gift", -9999));
        assertThat(draft(Sales.of(0, free).paid()).total()).isEqualTo("0.00");
    }

    @Test
    void modifications_are_in_the_price_and_in_the_properties() {
        var line = Sales.with(item("L1", "I1", 1200),
                List.of(new SaleLine.Modification("M1", "Avocado", 100), new SaleLine.Modification("M2", "Tofu", 100)));
        var drafted = draft(Sales.of(1400, line)).lines().get(0);
        assertThat(drafted.unitPrice()).isEqualTo("14.00");
        assertThat(drafted.properties()).containsExactly(new OrderDraft.Attribute("Price", "12.00"),
                new OrderDraft.Attribute("Modification", "Avocado 1.00"),
                new OrderDraft.Attribute("Modification 2", "Tofu 1.00"));
    }

    @Test
    void measured_goods_are_one_piece_with_the_amount_in_the_title() {
        var draft = draft(Sales.of(350 + 350, Sales.kilos("L1", "I9", 999, 350), Sales.kilos("L2", "I9", 999, 350)));
        assertThat(draft.lines()).extracting(line -> line.title() + " " + line.quantity() + " x " + line.unitPrice())
                .containsExactly("Almonds, 0.350 kg 1 x 3.50", "Almonds, 0.350 kg 1 x 3.50");
    }

    @Test
    void taxes_contained_in_prices_are_told_and_not_added() {
        var draft = draft(Sales.of(1200, item("L1", "I1", 1200, new TaxRate("V", "VAT", 2_000_000, null))).vatIncluded());
        assertThat(draft.taxesIncluded()).isTrue();
        assertThat(draft.lines().get(0).tax()).isEqualTo("2.00");
        assertThat(draft.total()).isEqualTo("12.00");
        assertThat(draft(Sales.of(500, item("L1", "I1", 500, Sales.STATE)).withoutTaxes()).lines().get(0).taxable()).isFalse();
    }

    @Test
    void a_flat_tax_has_the_rate_that_it_comes_to() {
        var tax = draft(Sales.of(505, item("L1", "I1", 500, new TaxRate("F", "Bottle", 0, 5L)))).lines().get(0).taxes().get(0);
        assertThat(tax).isEqualTo(new OrderDraft.Tax("Bottle", new BigDecimal("0.0100000"), new BigDecimal("0.05")));
    }

    @Test
    void charges_fees_and_tips_are_lines_without_tax() {
        var sale = Sales.of(1150 + 500, item("L1", "I1", 1000), Sales.marked("L2", "F", false, false, true)).charged(150_000)
                .paid(Sales.card("P1", 1650, 200));
        var draft = ((OrderMapping.Mapped) map(sale, rules("USD", true, true), LINKS)).draft();
        assertThat(draft.lines()).extracting(line -> line.title() + " " + line.unitPrice() + " " + line.taxable())
                .containsExactly("Apple 10.00 false", "Item F 5.00 false", "Service 1.50 false", "Tip 2.00 false");
        assertThat(draft.transactions()).extracting(OrderDraft.Transaction::amount).containsExactly(draft.total());
    }

    @Test
    void refunded_lines_were_sold_and_exchanged_ones_were_not() {
        var draft = draft(
                Sales.of(500, Sales.marked("L1", "I1", true, false, false), Sales.marked("L2", "I2", false, true, false)));
        assertThat(draft.lines()).extracting(OrderDraft.Line::variantId).containsExactly("V1");
    }

    @Test
    void a_currency_has_its_own_decimals() {
        assertThat(total("JPY")).isEqualTo("1234");
        assertThat(total("USD")).isEqualTo("12.34");
        assertThat(total("KWD")).isEqualTo("1.234");
    }

    @Test
    void rounded_cash_takes_up_the_difference() {
        var draft = draft(Sales.of(441, item("L1", "I1", 441)).states("locked", "PARTIALLY_PAID").paid(Sales.cash("P1", 440)));
        assertThat(draft.transactions()).extracting(transaction -> transaction.gateway() + " " + transaction.amount())
                .containsExactly("Cash 4.41");
        assertThat(draft.attributes()).contains(new OrderDraft.Attribute("Cash rounding", "-0.01"));
        assertThat(draft.processedAt()).isEqualTo(Sales.NOON.plusSeconds(60));
    }

    @Test
    void texts_say_where_it_comes_from() {
        var sale = Sales.of(500, item("L1", "I1", 500)).sale("No onions", Sales.NOON);
        var rules = new MappingRules("USD", false, MappingRules.Unlinked.HOLD, new MappingRules.Format("POS-", true, "-A"),
                new MappingRules.Format("Till sale ", true, ""), "M1", "ID1", "LOC", null, true);
        var draft = ((OrderMapping.Mapped) OrderMapping.map(sale, rules, LINKS)).draft();
        assertThat(draft.name()).isEqualTo("POS-O1-A");
        assertThat(draft.note()).isEqualTo("Till sale O1\nNo onions");
        assertThat(draft.identity()).isEqualTo("ID1");
        assertThat(draft.lines().get(0).requiresShipping()).isFalse();
        assertThat(draft.attributes()).extracting(attribute -> attribute.key() + "=" + attribute.value()).containsExactly(
                "Clover merchant=M1", "Clover order=O1", "Clover employee=Ann", "Clover device=D1", "Clover order type=Table");
        assertThat(draft(Sales.of(500, item("L1", "I1", 500))).name()).isNull();
    }

    @Test
    void a_sale_to_be_shipped_arrives_open_with_its_method_free_of_charge() {
        var sale = Sales.of(500, item("L1", "I1", 500)).sale(null, Sales.NOON);
        var rules = new MappingRules("USD", false, MappingRules.Unlinked.HOLD, EMPTY, EMPTY, "M1", "O1", null,
                "Local delivery", true);
        var draft = ((OrderMapping.Mapped) OrderMapping.map(sale, rules, LINKS)).draft();
        assertThat(draft.fulfilledAtLocationId()).isNull();
        assertThat(draft.shippingLine().title()).isEqualTo("Local delivery");
        assertThat(draft.shippingLine().price()).isEqualTo("0.00");
        assertThat(draft.lines().get(0).requiresShipping()).isTrue();
        assertThat(draft.total()).isEqualByComparingTo("5.00");
    }

    @Test
    void what_cannot_be_an_order_is_held_with_its_reason() {
        var apple = Sales.of(500, item("L1", "I1", 500));
        assertHeld(Sales.of(0), "no-lines", "no lines");
        assertHeld(apple.in("CAD"), "currency-differs", "CAD");
        assertHeld(Sales.of(500, item("L1", "X", 500)), "unlinked-lines", "1 item has no link to the store: Item X (X)");
        assertHeld(Sales.of(-500, item("L1", "I1", -500)), "negative-line", "-5.00");
        assertHeld(Sales.of(600, item("L1", "I1", 500)), "total-differs", "5.00 USD, but the till says 6.00");
        assertHeld(apple.paid(Sales.card("P1", 700, 0)), "payments-differ", "7.00 USD for a sale of 5.00");
        var many = IntStream.range(0, 251).mapToObj(line -> item("L" + line, "I1", line)).toArray(SaleLine[]::new);
        assertHeld(Sales.of(250 * 251 / 2, many), "too-many-lines", "251 lines");
        var pending = (OrderMapping.Mapped) map(apple.paid(), rules("USD", false, false), LINKS);
        assertThat(pending.draft().transactions()).isEmpty();
    }

    private static void assertHeld(Sales sale, String code, String words) {
        var held = (OrderMapping.Held) map(sale, rules("USD", false, true), LINKS);
        assertThat(held.code()).isEqualTo(code);
        assertThat(held.message()).contains(words);
    }

    private static String total(String currency) {
        var sale = Sales.of(1234, item("L1", "I1", 1234)).in(currency);
        return ((OrderMapping.Mapped) map(sale, rules(currency, false, true), LINKS)).draft().total().toPlainString();
    }

    private static OrderDraft draft(Sales sale) {
        var rules = new MappingRules("USD", false, MappingRules.Unlinked.IMPORT_AS_CUSTOM, EMPTY, EMPTY, "M1", "O1", null,
                null, true);
        return ((OrderMapping.Mapped) map(sale, rules, LINKS)).draft();
    }

    private static MappingRules rules(String currency, boolean tips, boolean paid) {
        return new MappingRules(currency, tips, MappingRules.Unlinked.HOLD, EMPTY, EMPTY, "M1", "O1", null, null, paid);
    }

    private static OrderMapping.Result map(Sales sale, MappingRules rules, Map<String, LinkedVariant> links) {
        return OrderMapping.map(sale.sale(), rules, links);
    }
}
