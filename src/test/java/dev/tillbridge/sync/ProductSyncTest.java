package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastProducts;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.TillShelf;

/** Products of the shop on the till, from publishing to hiding. */
@QuarkusTest
@TestProfile(FastProducts.class)
@QuarkusTestResource(SandboxResource.class)
class ProductSyncTest {

    private static final String ON = "{\"productSync\":{\"enabled\":true,\"defaultInventory\":9},"
            + "\"inventorySync\":{\"enabled\":true,\"onRecount\":\"OVERWRITE\"}}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @Test
    void identifiers_titles_and_visibility_follow_while_links_hold() {
        // Given: two products of the shop on the till
        Installation shop = Installation.empty();
        shop.put(ON).statusCode(200);
        product("{\"title\":\"Mug\",\"productType\":\"Kitchen\",\"variants\":[{\"sku\":\"MUG\",\"barcode\":\"4001\",\"price\":\"4.50\",\"available\":7}]}");
        product("{\"title\":\"Cup\",\"collections\":[\"New\"],\"variants\":[{\"sku\":\"CUP\",\"price\":\"3\",\"tracked\":false}]}");
        shop.until(() -> shop.links("linked").size() == 2);
        shop.until(() -> Installation.till().values().stream().filter(quantity -> quantity != null)
                .map(quantity -> quantity.intValue()).sorted().toList().equals(List.of(7, 9)));
        String mug = TillShelf.item("MUG").path("id").asText();
        String cup = TillShelf.item("CUP").path("id").asText();
        assertThat(TillShelf.item("MUG").path("price").asLong()).isEqualTo(450);
        assertThat(TillShelf.item("MUG").path("code").asText()).isEqualTo("4001");
        shop.until(() -> TillShelf.read().categories.size() == 2);
        assertThat(TillShelf.read().categories).containsExactlyInAnyOrder("Kitchen", "New");
        Map<String, String> links = links(shop);

        // When: a SKU changes in the shop, then another on the till, then both are swapped in the shop
        variant("{\"sku\":\"MUG\",\"newSku\":\"MUG-2\"}");
        shop.until(() -> TillShelf.item("MUG-2") != null);
        TillShelf.change(mug, "{\"sku\":\"BY-HAND\"}");
        shop.until(() -> TillShelf.item("BY-HAND") == null && TillShelf.item("MUG-2") != null);
        variant("{\"sku\":\"MUG-2\",\"newSku\":\"BETWEEN\"}");
        variant("{\"sku\":\"CUP\",\"newSku\":\"MUG-2\"}");
        variant("{\"sku\":\"BETWEEN\",\"newSku\":\"CUP\"}");
        shop.until(() -> sku(cup).equals("MUG-2") && sku(mug).equals("CUP"));

        // Then
        shop.until(() -> shop.links("linked").size() == 2);
        assertThat(links(shop)).isEqualTo(links);

        // When: title and barcode change
        change("{\"sku\":\"CUP\",\"title\":\"Big mug\"}");
        variant("{\"sku\":\"CUP\",\"barcode\":\"4009\"}");
        shop.until(() -> item(mug).path("name").asText().equals("Big mug") && item(mug).path("code").asText().equals("4009"));

        // When: it is archived, and sold again
        change("{\"sku\":\"CUP\",\"status\":\"ARCHIVED\"}");
        shop.until(() -> item(mug).path("hidden").asBoolean());
        change("{\"sku\":\"CUP\",\"status\":\"ACTIVE\"}");
        shop.until(() -> !item(mug).path("hidden").asBoolean());

        // When: it is deleted
        ControlApi.send("DELETE", "/shopify/products?sku=CUP", "");
        shop.run(true, "products");
        shop.until(() -> item(mug).path("hidden").asBoolean());
        assertThat(TillShelf.items()).as("hidden, never deleted; nothing was made twice").hasSize(2);
    }

    @Test
    void variants_added_later_join_the_group_and_a_single_item_stays_beside_it() {
        Installation shop = Installation.empty();
        shop.put(ON).statusCode(200);
        product("{\"title\":\"Tee\",\"options\":[\"Size\"],\"variants\":["
                + "{\"sku\":\"TEE-S\",\"price\":\"10\",\"options\":[\"S\"]},{\"sku\":\"TEE-M\",\"price\":\"10\",\"options\":[\"M\"]}]}");
        product("{\"title\":\"Cap\",\"options\":[\"Colour\"],\"variants\":[{\"sku\":\"CAP-R\",\"price\":\"8\",\"options\":[\"Red\"]}]}");
        shop.until(() -> shop.links("linked").size() == 3);

        change("{\"sku\":\"TEE-S\",\"variants\":[{\"sku\":\"TEE-L\",\"price\":\"11\",\"options\":[\"L\"]}]}");
        change("{\"sku\":\"CAP-R\",\"variants\":[{\"sku\":\"CAP-B\",\"price\":\"8\",\"options\":[\"Blue\"]}]}");
        shop.until(() -> shop.links("linked").size() == 5 && done(shop));

        TillShelf till = TillShelf.read();
        assertThat(till.items).hasSize(5);
        assertThat(till.groups.values()).extracting(group -> group.path("name").asText()).containsExactlyInAnyOrder("Tee",
                "Cap");
        String tee = TillShelf.item("TEE-S").path("itemGroup").path("id").asText();
        assertThat(TillShelf.item("TEE-L").path("itemGroup").path("id").asText()).isEqualTo(tee);
        assertThat(till.optionsOf(find(till, "TEE-L"))).containsExactly("Size=L");
        assertThat(TillShelf.item("CAP-R").has("itemGroup")).isFalse();
        assertThat(TillShelf.item("CAP-B").has("itemGroup")).isTrue();
        assertThat(products(shop, "leftOut=true").getList("items.leftOut.code.flatten()", String.class))
                .containsExactly("item-outside-group");

        // When: the product is renamed
        change("{\"sku\":\"TEE-S\",\"title\":\"Shirt\"}");

        // Then: the till names all items of its group anew
        shop.until(() -> TillShelf.item("TEE-S").path("name").asText().equals("Shirt S"));

        // When: its option is called otherwise
        change("{\"sku\":\"TEE-S\",\"options\":[\"Length\"]}");
        shop.run(true, "products");

        // Then: so is the group's attribute, and no item has changed
        shop.until(() -> TillShelf.read().optionsOf(find(TillShelf.read(), "TEE-L")).equals(Set.of("Length=L")));
        assertThat(TillShelf.items()).hasSize(5);
    }

    @Test
    void what_was_on_the_till_is_untouched_and_listed() {
        Installation shop = Installation.of("{\"seed\":5,\"variants\":10,\"locations\":1}");
        TillShelf.add("{\"sku\":\"ONLY-HERE\",\"name\":\"My own\",\"price\":100}");
        shop.run(true);
        product("{\"title\":\"New\",\"variants\":[{\"sku\":\"NEW\",\"price\":\"1\"}]}");
        product("{\"title\":\"No price in cents\",\"status\":\"DRAFT\",\"variants\":[{\"sku\":\"DRAFT\",\"price\":\"1\"}]}");
        ControlApi.delete("/requests");

        shop.put("{\"productSync\":{\"enabled\":true}}").statusCode(200);
        shop.until(() -> TillShelf.item("NEW") != null);
        shop.run(true, "products");

        assertThat(TillShelf.item("ONLY-HERE").path("name").asText()).isEqualTo("My own");
        assertThat(shop.links("till-only").stream().map(link -> (String) ((Map<?, ?>) link.get("item")).get("sku")))
                .contains("ONLY-HERE");
        assertThat(TillShelf.item("DRAFT")).isNull();
        assertThat(ControlApi.calls("items.create")).as("one new product").isEqualTo(1);
    }

    @Test
    void a_token_without_inventory_write_is_named_and_nothing_is_made() {
        Installation shop = Installation.empty();
        String token = ControlApi
                .token("\"INVENTORY_R\",\"MERCHANT_R\",\"ORDERS_R\",\"PAYMENTS_R\",\"EMPLOYEES_R\",\"CUSTOMERS_R\"");
        Installation.admin().body(Map.of("token", token)).put("/api/v1/channels/" + shop.channel() + "/token").then()
                .statusCode(200);
        shop.put("{\"productSync\":{\"enabled\":true}}").statusCode(200);
        product("{\"title\":\"Mug\",\"variants\":[{\"sku\":\"MUG\",\"price\":\"1\"}]}");

        assertThat(Installation.admin().get("/api/v1/channels/" + shop.channel()).jsonPath()
                .getList("warnings.code", String.class)).contains("products-cannot-be-published");
        assertThat(TillShelf.items()).isEmpty();
    }

    private static boolean done(Installation shop) {
        return products(shop, "limit=500").getList("items.status", String.class).stream().allMatch("DONE"::equals);
    }

    private static io.restassured.path.json.JsonPath products(Installation shop, String query) {
        return Installation.admin().get("/api/v1/channels/" + shop.channel() + "/products?" + query).then().statusCode(200)
                .extract().jsonPath();
    }

    private static JsonNode find(TillShelf till, String sku) {
        return till.items.stream().filter(item -> sku.equals(item.path("sku").asText())).findFirst().orElseThrow();
    }

    private static JsonNode item(String id) {
        return TillShelf.items().stream().filter(item -> id.equals(item.path("id").asText())).findFirst().orElseThrow();
    }

    private static String sku(String id) {
        return item(id).path("sku").asText();
    }

    private static Map<String, String> links(Installation shop) {
        return shop.links("linked").stream().collect(java.util.stream.Collectors.toMap(
                link -> (String) ((Map<?, ?>) link.get("variant")).get("id"),
                link -> (String) ((Map<?, ?>) link.get("item")).get("id")));
    }

    private static void product(String body) {
        ControlApi.send("POST", "/shopify/products", body);
    }

    private static void change(String body) {
        ControlApi.send("PUT", "/shopify/products", body);
    }

    private static void variant(String body) {
        ControlApi.send("POST", "/shopify/variants", body);
    }
}
