package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Listing;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.UnusableRow;

class CatalogMapperTest {

    private final CatalogMapper mapper = new CatalogMapper(MetafieldKey.of(List.of("till.code", "a.b.c")));

    @Test
    void aVariantIsReadWithItsItemAndMetafields() throws Exception {
        var variant = mapper.variant(Wire.JSON
                .readTree("""
                          {"__typename":"ProductVariant","id":"gid://shopify/ProductVariant/9007199254740993","title":"Large",
                           "sku":"TEE-L","barcode":"","price":"20.00","updatedAt":"2026-11-22T08:15:00Z",
                           "product":{"id":"gid://shopify/Product/7","title":"Tee","status":"UNLISTED"},
                           "m0":null,"m1":{"value":"K9"},
                           "inventoryItem":{"id":"gid://shopify/InventoryItem/8","tracked":true}}"""));

        assertThat(variant.id()).isEqualTo("9007199254740993");
        assertThat(variant.productId()).isEqualTo("7");
        assertThat(variant.inventoryItemId()).isEqualTo("8");
        assertThat(variant.title()).isEqualTo("Tee - Large");
        assertThat(variant.productStatus()).isEqualTo("UNLISTED");
        assertThat(variant.sku()).isEqualTo("TEE-L");
        assertThat(variant.price()).isEqualByComparingTo("20");
        assertThat(variant.tracked()).isTrue();
        assertThat(variant.metafields()).isEqualTo(Map.of("till.code", "K9"));
        assertThat(variant.updatedAt()).isEqualTo(Instant.parse("2026-11-22T08:15:00Z"));
    }

    @Test
    void aVariantSaysHowItIsPresented() throws Exception {
        var variant = mapper.variant(Wire.JSON.readTree("""
                {"id":"gid://shopify/ProductVariant/1","title":"L / Red","price":"5.0","position":3,
                 "selectedOptions":[{"name":"Size","value":"L"},{"name":"Colour","value":"Red"}],
                 "product":{"id":"gid://shopify/Product/7","title":"Tee","productType":"Shirts"},
                 "inventoryItem":{"id":"gid://shopify/InventoryItem/8"}}"""));

        assertThat(variant.listing()).isEqualTo(new Listing("Tee", "Shirts", 3,
                List.of(new Listing.Option("Size", "L"), new Listing.Option("Colour", "Red"))));
    }

    @Test
    void aProductWithoutOptionsIsCalledByItsOwnTitle() throws Exception {
        var variant = mapper.variant(Wire.JSON.readTree(
                """
                {"id":"gid://shopify/ProductVariant/1","title":"Default Title","sku":null,"price":"5.0",
                 "product":{"id":"gid://shopify/Product/7","title":"Mug"},"inventoryItem":{"id":"gid://shopify/InventoryItem/8"}}"""));

        assertThat(variant.title()).isEqualTo("Mug");
        assertThat(variant.sku()).isNull();
        assertThat(variant.tracked()).isFalse();
    }

    @Test
    void aLevelNamesItsItemAndMayBeNegativeOrUncounted() throws Exception {
        assertThat(mapper.level(Wire.JSON.readTree(level("[{\"name\":\"available\",\"quantity\":-3}]"))))
                .isEqualTo(new Level("8", "5", -3L));
        assertThat(mapper.level(Wire.JSON.readTree(level("[]")))).isEqualTo(new Level("8", "5", null));
    }

    @Test
    void aRowWithoutAnIdIsNoAnswer() {
        assertThatThrownBy(() -> mapper.variant(Wire.JSON.readTree("{\"id\":\"gid://shopify/Product/1\"}")))
                .isInstanceOf(ConnectorException.Transient.class);
    }

    @Test
    void aVariantThatLacksWhatEachHasIsLeftOutWithItsReason() throws Exception {
        var unusable = new ArrayList<UnusableRow>();
        var noItem = Wire.JSON.readTree("""
                {"id":"gid://shopify/ProductVariant/1","product":{"id":"gid://shopify/Product/7","title":"Mug","status":"ACTIVE"},
                 "inventoryItem":null}""");
        var noTitle = Wire.JSON.readTree("""
                {"id":"gid://shopify/ProductVariant/2","title":"Default Title","product":{"id":"gid://shopify/Product/7","status":"ACTIVE"},
                 "inventoryItem":{"id":"gid://shopify/InventoryItem/8"}}""");
        var whole = Wire.JSON.readTree("""
                {"id":"gid://shopify/ProductVariant/3","product":{"id":"gid://shopify/Product/7","title":"Mug","status":"ACTIVE"},
                 "inventoryItem":{"id":"gid://shopify/InventoryItem/8"}}""");
        assertThat(mapper.variant(noItem, unusable)).isEmpty();
        assertThat(mapper.variant(noTitle, unusable)).isEmpty();
        assertThat(mapper.variant(whole, unusable)).isPresent();
        assertThat(unusable).containsExactly(
                new UnusableRow("1", "Shopify's answer lacks the inventory item's id"),
                new UnusableRow("2", "Shopify's answer lacks the product's title"));
    }

    private static String level(String quantities) {
        return "{\"id\":\"gid://shopify/InventoryLevel/99?inventory_item_id=8\",\"item\":{\"id\":\"gid://shopify/InventoryItem/8\"},"
                + "\"location\":{\"id\":\"gid://shopify/Location/5\"},\"quantities\":" + quantities + "}";
    }
}
