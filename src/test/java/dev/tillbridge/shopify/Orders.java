package dev.tillbridge.shopify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.order.OrderDraft;

/** Orders to make: two mugs with tax and a gift wrap without, paid in cash, handed over at location 5. */
final class Orders {

    private static final Instant AT = Instant.parse("2026-11-22T18:04:31Z");

    private Orders() {}

    static OrderDraft draft(String identity) {
        return draft(identity, List.of(
                new OrderDraft.Line("1", "43729076", "Mug", "MUG", 2, new BigDecimal("19.99"), true, false,
                        List.of(new OrderDraft.Tax("State tax", new BigDecimal("0.0625"), new BigDecimal("2.50"))),
                        List.of(new OrderDraft.Attribute("Colour", "blue"))),
                new OrderDraft.Line("2", null, "Gift wrap", null, 1, new BigDecimal("5.00"), false, false, List.of(),
                        List.of())));
    }

    static OrderDraft draft(String identity, List<OrderDraft.Line> lines) {
        return new OrderDraft(identity, "C-" + identity, "Sold at the till", "clover",
                "https://www.clover.com/orders/" + identity, "USD", false, true, true, AT, "5", List.of("clover", "till"),
                List.of(new OrderDraft.Attribute("clover_employee", "Jo")), lines,
                List.of(new OrderDraft.Transaction("Cash", new BigDecimal("47.48"), AT)), null, null);
    }

    static JsonNode json(String text) {
        try {
            return Wire.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
