package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.order.OrderView.Amount;

/** Lines and totals of both sides are those that the order was made with. */
class OrderSidesTest {

    private static final Map<String, OrderSides.Variant> LINKED = Map.of("A", new OrderSides.Variant("Ceramic mug", "MUG"));

    @Test
    void twoPiecesAtTheTillAreOneLineInTheStore() {
        Sale sale = Sales.of(4438, Sales.item("L1", "A", 2050, Sales.STATE), Sales.item("L2", "A", 2050, Sales.STATE)).sale();
        OrderSides sides = OrderSides.of(sale, sale, List.of(new LineOrigin("0", List.of("L1", "L2"))), LINKED);
        assertThat(sides.till().lines()).extracting(OrderSides.TillLine::id, OrderSides.TillLine::total)
                .containsExactly(tuple("L1", usd("20.50")), tuple("L2", usd("20.50")));
        assertThat(sides.till().tax()).isEqualTo(usd("3.38"));
        assertThat(sides.till().total()).isEqualTo(usd("44.38"));
        assertThat(sides.store().lines()).singleElement().isEqualTo(
                new OrderSides.StoreLine("Ceramic mug", "MUG", 2, usd("41.00"), List.of("L1", "L2")));
        assertThat(sides.store().total()).isEqualTo(sides.till().total());
    }

    @Test
    void whatWasTakenOffShowsOnTheTillsLine() {
        Sale sale = Sales.of(900, Sales.item("L1", "A", 1000)).off(new SaleDiscount("D", "Friends", -100L, null)).sale();
        OrderSides sides = OrderSides.of(sale, sale, List.of(new LineOrigin("0", List.of("L1"))), Map.of());
        assertThat(sides.till().lines()).singleElement().satisfies(line -> {
            assertThat(line.price()).isEqualTo(usd("10.00"));
            assertThat(line.discount()).isEqualTo(usd("1.00"));
            assertThat(line.total()).isEqualTo(usd("9.00"));
        });
        assertThat(sides.store().lines()).singleElement()
                .isEqualTo(new OrderSides.StoreLine("Item A", null, 1, usd("9.00"), List.of("L1")));
    }

    @Test
    void aServiceChargeAndATipAreLinesOfTheStoreAlone() {
        Sale sale = Sales.of(1100, Sales.item("L1", "A", 1000)).charged(100_000).paid(Sales.card("P1", 1100, 150)).sale();
        OrderSides sides = OrderSides.of(sale, sale, List.of(new LineOrigin("0", List.of("L1")), new LineOrigin("1", List.of()),
                new LineOrigin("2", List.of())), LINKED);
        assertThat(sides.till().serviceCharge()).isEqualTo(usd("1.00"));
        assertThat(sides.till().tips()).isEqualTo(usd("1.50"));
        assertThat(sides.store().lines()).extracting(OrderSides.StoreLine::title, OrderSides.StoreLine::total)
                .containsExactly(tuple("Ceramic mug", usd("10.00")), tuple("Service charge", usd("1.00")),
                        tuple("Tip", usd("1.50")));
        assertThat(sides.store().total()).isEqualTo(usd("12.50"));
    }

    @Test
    void whatIsNoOrderHasNoStoreAndWhatWasNotReadNoTill() {
        Sale sale = Sales.of(1000, Sales.item("L1", "A", 1000)).sale();
        assertThat(OrderSides.of(sale, null, List.of(), LINKED).store()).isNull();
        assertThat(OrderSides.of(null, null, List.of(), LINKED).till()).isNull();
    }

    private static Amount usd(String amount) {
        return new Amount(amount, "USD");
    }
}
