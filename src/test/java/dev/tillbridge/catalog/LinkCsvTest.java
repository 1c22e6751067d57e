package dev.tillbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LinkCsvTest {

    @Property
    void an_id_comes_back_as_it_went_out_whatever_it_looks_like(@ForAll("id") String variantId, @ForAll("id") String itemId) {
        String file = LinkCsv.line("itemName", "variantId", "itemId") + LinkCsv.line("a\n\"b\",c", variantId, itemId);
        assertThat(LinkCsv.read(file)).containsExactly(LinkEdit.wanted(2, variantId, itemId));
    }

    @Property
    void no_cell_begins_as_a_formula_does(@ForAll("id") String id) {
        assertThat(LinkCsv.line(id).replace("\"", "").charAt(0)).isNotIn('=', '+', '-', '@');
    }

    @Test
    void an_absent_cell_keeps_its_place() {
        assertThat(LinkCsv.line("a", null, "c")).isEqualTo("a,,c\n");
    }

    @Provide
    Arbitrary<String> id() {
        return Arbitraries.strings().withChars("=+-@';,a1").ofMinLength(1).ofMaxLength(5);
    }
}
