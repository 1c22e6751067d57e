package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.channel.UnusableRow;

class ItemMapperTest {

    @Test
    void aRowThatCannotBeKeptIsLeftOutAndTheOthersAreTaken() {
        var page = ItemMapper.page(List.of(row("A", "999999999999998.9999", null), row("B", "1E+15", null),
                row("C'", "1", null), row("D'", "1", true), row("E", "-1e15", true), row("F", null, null)), Instant.EPOCH,
                Instant.EPOCH);

        assertThat(page.items()).extracting(Item::id).containsExactly("A", "F");
        assertThat(page.deletedIds()).containsExactly("E");
        assertThat(page.unusable()).extracting(UnusableRow::id).containsExactly("B", "C'", "D'");
    }

    private static CloverWire.Item row(String id, String quantity, Boolean deleted) {
        return new CloverWire.Item(id, "name", null, null, 1L, "FIXED", null, false,
                new CloverWire.Stock(null, quantity == null ? null : new BigDecimal(quantity)), 1L, null, deleted, null, null,
                null);
    }
}
