package dev.tillbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueIdentifierTest {

    private static final Variant VARIANT = new Variant("1", "2", "3", "Tea", "ACTIVE", "sku-v\t", " 0123", null, true,
            Map.of("till.number", "\u00A0T1 "), null);
    private static final Item ITEM = new Item("A", "Tea", " sku-i", "code-i", 100L, PriceType.FIXED, null, false, null, null);

    @ParameterizedTest
    @CsvSource({ "SKU,sku-v,sku-i", "BARCODE,0123,code-i", "SKU_TO_CODE,sku-v,code-i", "BARCODE_TO_SKU,0123,sku-i",
            "METAFIELD:till.number,T1,sku-i"})
    void takes_the_trimmed_identifier_of_each_side_and_writes_itself_as_it_was_read(String setting, String variantKey,
            String itemKey) {
        var identifier = UniqueIdentifier.parse(setting).orElseThrow();

        assertThat(identifier.keyOf(VARIANT)).isEqualTo(variantKey);
        assertThat(identifier.keyOf(ITEM)).isEqualTo(itemKey);
        assertThat(identifier.setting()).isEqualTo(setting);
    }

    @Test
    void a_variant_without_the_metafield_has_no_key() {
        assertThat(UniqueIdentifier.parse("METAFIELD:till.other").orElseThrow().keyOf(VARIANT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sku", "SKU ", "METAFIELD:", "METAFIELD:a", "METAFIELD:.key", "METAFIELD:name space.key",
            "METAFIELD:ns.key.more", "METAFIELD:abc.k'y", "METAFIELD:ab.key"})
    void refuses_what_has_none_of_the_legal_forms(String setting) {
        assertThat(UniqueIdentifier.parse(setting)).isEmpty();
    }

    @Test
    void a_metafield_name_belongs_to_metafields_alone() {
        assertThat(UniqueIdentifier.parse(null)).isEmpty();
        assertThatThrownBy(
                () -> new UniqueIdentifier(UniqueIdentifier.VariantSide.SKU, UniqueIdentifier.ItemSide.SKU, "abc.key"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                () -> new UniqueIdentifier(UniqueIdentifier.VariantSide.METAFIELD, UniqueIdentifier.ItemSide.SKU, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
