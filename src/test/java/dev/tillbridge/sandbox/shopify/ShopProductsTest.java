package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** Products with options and collections, and what a person changes of them. */
class ShopProductsTest extends ShopTestCase {

    private static final String PRODUCT = "query($id: ID!) { product(id: $id) { title status productType updatedAt "
            + "hasOnlyDefaultVariant collections(first: 1) { nodes { title } } variants(first: 10) { nodes { title position "
            + "updatedAt selectedOptions { name value } } } } }";

    @Test
    void aProductHasOptionsTypeAndCollections() {
        JsonNode product = product(tee());

        assertThat(product.path("productType").asText()).isEqualTo("Shirts");
        assertThat(product.at("/collections/nodes/0/title").asText()).isEqualTo("Summer");
        assertThat(product.path("hasOnlyDefaultVariant").asBoolean()).isFalse();
        JsonNode second = product.at("/variants/nodes/1");
        assertThat(second.path("title").asText()).isEqualTo("M / Red");
        assertThat(second.path("position").asInt()).isEqualTo(2);
        assertThat(second.path("selectedOptions").findValuesAsText("value")).containsExactly("M", "Red");
    }

    @Test
    void aChangeOfTheProductLeavesItsVariantsTimesAlone() {
        String id = tee();
        JsonNode before = product(id);

        shop.control("PUT", "/shopify/products", Map.of("sku", "TEE-S", "status", "ARCHIVED", "title", "Old tee"));

        JsonNode after = product(id);
        assertThat(after.path("status").asText()).isEqualTo("ARCHIVED");
        assertThat(after.path("title").asText()).isEqualTo("Old tee");
        assertThat(after.at("/variants/nodes/0/updatedAt")).isEqualTo(before.at("/variants/nodes/0/updatedAt"));
    }

    @Test
    void aVariantCanBeAdded() {
        String id = tee();

        shop.control("PUT", "/shopify/products", Map.of("productId", id, "variants",
                List.of(Map.of("sku", "TEE-L", "price", "12", "options", List.of("L", "Red")))));

        assertThat(product(id).at("/variants/nodes").findValuesAsText("title")).contains("L / Red");
    }

    @Test
    void aBulkReadShowsTypePositionAndOptionsOfEachVariant() {
        tee();

        JsonNode started = startBulk(
                "{ productVariants { edges { node { __typename id position selectedOptions { name value } product { id productType } } } } }");

        assertThat(started.path("userErrors")).isEmpty();
    }

    private static JsonNode product(String id) {
        return shop.data(PRODUCT, Map.of("id", id)).path("product");
    }

    private static String tee() {
        return shop.control("POST", "/shopify/products", Map.of("title", "Tee", "productType", "Shirts", "collections",
                List.of("Summer", "New"), "options", List.of("Size", "Colour"), "variants",
                List.of(Map.of("sku", "TEE-S", "price", "12", "options", List.of("S", "Red")),
                        Map.of("sku", "TEE-M", "price", "12", "options", List.of("M", "Red")))))
                .get("productId").asText();
    }
}
