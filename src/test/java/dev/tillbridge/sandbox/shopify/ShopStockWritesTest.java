package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopStockWritesTest extends ShopTestCase {

    private static final String SET = "mutation Set($i: InventorySetQuantitiesInput!, $k: String!) { inventorySetQuantities(input: "
            + "$i) @idempotent(key: $k) { inventoryAdjustmentGroup { reason changes { name delta quantityAfterChange item { id "
            + "inventoryLevels(first: 1) { nodes { quantities(names: [\"available\"]) { quantity } } } } location { id } } } "
            + "userErrors { field message code } } }";
    private static final String ADJUST = "mutation Adjust($i: InventoryAdjustQuantitiesInput!, $k: String!) { "
            + "inventoryAdjustQuantities(input: $i) @idempotent(key: $k) { inventoryAdjustmentGroup { id changes { name delta } } "
            + "userErrors { field message code } } }";

    @Test
    void aSetChangesAvailableAndTellsOnHandToo() {
        Stocked stocked = given("S");
        JsonNode group = set("k1", quantity(stocked, 5, 10)).at("/data/inventorySetQuantities/inventoryAdjustmentGroup");
        assertThat(group.get("changes").findValuesAsText("name")).containsExactly("available", "on_hand");
        assertThat(group.at("/changes/0/delta").asInt()).isEqualTo(-5);
        assertThat(group.at("/changes/0/quantityAfterChange").isNull()).isTrue();
        assertThat(available(stocked)).isEqualTo(5);
        JsonNode nothing = set("k2", quantity(stocked, 5, 5)).at("/data/inventorySetQuantities");
        assertThat(nothing.get("inventoryAdjustmentGroup").isNull()).isTrue();
        assertThat(nothing.get("userErrors")).isEmpty();
    }

    @Test
    void withoutTheDirectiveNothingIsDone() {
        Stocked stocked = given("S");
        JsonNode answer = shop
                .ask("mutation($i: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $i) { userErrors { "
                        + "code } } }", Map.of("i", input(List.of(quantity(stocked, 5, null)))));
        assertThat(answer.at("/errors/0/message").asText())
                .isEqualTo("The @idempotent directive is required for this mutation but was not provided.");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.at("/errors/0/path/0").asText()).isEqualTo("inventorySetQuantities");
        assertThat(answer.at("/data/inventorySetQuantities").isNull()).isTrue();
        assertThat(available(stocked)).isEqualTo(10);
        assertThat(set(" ", quantity(stocked, 5, null)).at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void changeFromQuantityMustBeGivenAndIsCompared() {
        Stocked stocked = given("S");
        Map<String, Object> without = quantity(stocked, 5, null);
        without.remove("changeFromQuantity");
        JsonNode missing = set("k", without);
        assertThat(missing.at("/errors/0/extensions/code").asText()).isEqualTo("INVALID_FIELD_ARGUMENTS");
        assertThat(missing.at("/errors/0/message").asText())
                .isEqualTo("InventoryQuantityInput must include the following argument: changeFromQuantity.");
        JsonNode stale = set("k1", quantity(stocked, 5, 9)).at("/data/inventorySetQuantities");
        assertThat(stale.at("/userErrors/0/code").asText()).isEqualTo("CHANGE_FROM_QUANTITY_STALE");
        assertThat(stale.at("/userErrors/0/field/2").asText()).isEqualTo("0");
        assertThat(available(stocked)).isEqualTo(10);
        assertThat(set("k2", quantity(stocked, 5, null)).at("/data/inventorySetQuantities/userErrors")).isEmpty();
        assertThat(available(stocked)).isEqualTo(5);
    }

    @Test
    void aRepeatDoesNothingAndAnswersWithDataReadAnew() {
        Stocked stocked = given("S");
        adjust("k", stocked, -3);
        assertThat(available(stocked)).isEqualTo(7);
        JsonNode again = adjust("k", stocked, -3).at("/data/inventoryAdjustQuantities");
        assertThat(again.at("/inventoryAdjustmentGroup/changes/0/delta").asInt()).isEqualTo(-3);
        assertThat(again.get("userErrors")).isEmpty();
        assertThat(available(stocked)).isEqualTo(7);
        assertThat(adjust("k", stocked, -4).at("/data/inventoryAdjustQuantities/userErrors/0/code").asText())
                .isEqualTo("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
        set("s", quantity(stocked, 20, null));
        shop.control("POST", "/shopify/levels", Map.of("sku", "S", "available", 2));
        assertThat(set("s", quantity(stocked, 20, null))
                .at("/data/inventorySetQuantities/inventoryAdjustmentGroup/changes/0/item/inventoryLevels/nodes/0/quantities/0"
                        + "/quantity")
                .asInt()).isEqualTo(2);
    }

    @Test
    void aKeyWhoseFirstAttemptWasRefusedIsSpentOrNotByItsSwitch() {
        Stocked stocked = given("S");
        set("k", quantity(stocked, 5, 9));
        assertThat(set("k", quantity(stocked, 5, 9)).at("/data/inventorySetQuantities/userErrors/0/code").asText())
                .isEqualTo("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
        shop.control("PUT", "/behaviour", Map.of("refusedKey", "reusable"));
        set("k2", quantity(stocked, 5, 9));
        shop.control("POST", "/shopify/levels", Map.of("sku", "S", "available", 9));
        assertThat(set("k2", quantity(stocked, 5, 9)).at("/data/inventorySetQuantities/userErrors")).isEmpty();
        assertThat(available(stocked)).isEqualTo(5);
    }

    @Test
    void refusalsNameTheEntryByIndexAndNothingOfTheCallIsDone() {
        Stocked stocked = given("S");
        Stocked other = given("T");
        Map<String, Object> noItem = quantity(new Stocked("gid://shopify/InventoryItem/999999999999", stocked.location()), 1,
                null);
        Map<String, Object> noPlace = quantity(new Stocked(other.item(), "gid://shopify/Location/999999999999"), 1, null);
        JsonNode errors = set("k", quantity(stocked, 5, 10), noItem, noPlace).at("/data/inventorySetQuantities/userErrors");
        assertThat(errors.findValuesAsText("code")).containsExactly("INVALID_INVENTORY_ITEM", "INVALID_LOCATION");
        assertThat(errors.at("/0/field").toString()).isEqualTo("[\"input\",\"quantities\",\"1\",\"inventoryItemId\"]");
        assertThat(errors.at("/1/field").toString()).isEqualTo("[\"input\",\"quantities\",\"2\",\"locationId\"]");
        assertThat(errors.at("/1/message").asText()).isEqualTo("The specified location could not be found.");
        assertThat(available(stocked)).isEqualTo(10);
    }

    @Test
    void boundsReasonsNamesAndDuplicatesAreChecked() {
        Stocked stocked = given("S");
        assertThat(code(set("a", quantity(stocked, 1_000_000_001, null)))).isEqualTo("INVALID_QUANTITY_TOO_HIGH");
        assertThat(code(set("b", quantity(stocked, -1_000_000_001, null)))).isEqualTo("INVALID_QUANTITY_TOO_LOW");
        assertThat(code(set("c", quantity(stocked, 1, null), quantity(stocked, 2, null))))
                .isEqualTo("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR");
        Map<String, Object> onHand = input(List.of(quantity(stocked, -5, null)));
        onHand.put("name", "on_hand");
        assertThat(code(shop.ask(SET, Map.of("i", onHand, "k", "d")))).isEqualTo("INVALID_QUANTITY_NEGATIVE");
        Map<String, Object> reason = input(List.of(quantity(stocked, 5, null)));
        reason.put("reason", "because");
        assertThat(code(shop.ask(SET, Map.of("i", reason, "k", "e")))).isEqualTo("INVALID_REASON");
        Map<String, Object> name = input(List.of(quantity(stocked, 5, null)));
        name.put("name", "reserved");
        assertThat(code(shop.ask(SET, Map.of("i", name, "k", "f")))).isEqualTo("INVALID_NAME");
        assertThat(set("g", quantity(stocked, -5, null)).at("/data/inventorySetQuantities/userErrors")).isEmpty();
        assertThat(available(stocked)).isEqualTo(-5);
        List<Map<String, Object>> many = new ArrayList<>(Collections.nCopies(251, quantity(stocked, 5, null)));
        assertThat(shop.ask(SET, Map.of("i", Map.of("name", "available", "reason", "correction", "quantities", many), "k", "h"))
                .at("/errors/0/extensions/code").asText()).isEqualTo("MAX_INPUT_SIZE_EXCEEDED");
    }

    @Test
    void setsAndAdjustmentsStockTheItemAtAnyLocationAndActivateKeepsTheQuantity() {
        shop.control("POST", "/seed", Map.of("seed", 7, "variants", 3, "locations", 2, "sides", List.of("shopify")));
        String empty = variant("ONE", "1.00", 4);
        JsonNode places = shop
                .data("query($id: ID!) { locations(first: 5) { nodes { id } } productVariant(id: $id) { inventoryItem "
                        + "{ id inventoryLevels(first: 5) { nodes { location { id } } } } } }", Map.of("id", empty));
        String item = places.at("/productVariant/inventoryItem/id").asText();
        String first = places.at("/productVariant/inventoryItem/inventoryLevels/nodes/0/location/id").asText();
        String second = places.at("/locations/nodes").findValuesAsText("id").stream().filter(id -> !id.equals(first))
                .findFirst()
                .orElseThrow();
        Stocked there = new Stocked(item, second);
        assertThat(adjust("k", there, 3).at("/data/inventoryAdjustQuantities/userErrors")).isEmpty();
        assertThat(available(there)).isEqualTo(3);
        JsonNode level = shop
                .data("mutation($i: ID!, $l: ID!) { inventoryActivate(inventoryItemId: $i, locationId: $l, available: "
                        + "99) @idempotent(key: \"act\") { inventoryLevel { isActive quantities(names: [\"available\"]) { quantity } } "
                        + "userErrors { message } } }", Map.of("i", item, "l", second))
                .at("/inventoryActivate/inventoryLevel");
        assertThat(level.at("/quantities/0/quantity").asInt()).isEqualTo(3);
    }

    @Test
    void variantsOfOneProductAreUpdatedTogether() {
        JsonNode made = shop.control("POST", "/shopify/products", Map.of("title", "Tee", "variants",
                List.of(Map.of("sku", "M", "price", "5.00"), Map.of("sku", "L", "price", "6.00"))));
        String product = made.get("productId").asText();
        String medium = made.at("/variantIds/0").asText();
        String large = made.at("/variantIds/1").asText();
        String update = "mutation($p: ID!, $v: [ProductVariantsBulkInput!]!, $some: Boolean) { productVariantsBulkUpdate(productId: "
                + "$p, variants: $v, allowPartialUpdates: $some) { productVariants { id price sku } userErrors { field message code "
                + "} } }";
        List<Map<String, Object>> variants = List.of(
                Map.of("id", medium, "price", "9.99", "barcode", "42", "inventoryItem", Map.of("sku", "M2")),
                Map.of("id", large, "price", "-1.00"));
        JsonNode all = shop.data(update, Map.of("p", product, "v", variants, "some", false)).get("productVariantsBulkUpdate");
        assertThat(all.at("/userErrors/0/code").asText()).isEqualTo("GREATER_THAN_OR_EQUAL_TO");
        assertThat(all.at("/userErrors/0/field").toString()).isEqualTo("[\"variants\",\"1\",\"price\"]");
        assertThat(all.at("/productVariants/0/price").asText()).isEqualTo("5.00");
        JsonNode some = shop.data(update, Map.of("p", product, "v", variants, "some", true)).get("productVariantsBulkUpdate");
        assertThat(some.at("/productVariants/0/price").asText()).isEqualTo("9.99");
        assertThat(some.at("/productVariants/0/sku").asText()).isEqualTo("M2");
        assertThat(some.at("/productVariants/1/price").asText()).isEqualTo("6.00");
    }

    private static Stocked given(String sku) {
        variant(sku, "1.00", 10);
        return stocked(sku);
    }

    private static String code(JsonNode answer) {
        return answer.at("/data/inventorySetQuantities/userErrors/0/code").asText();
    }

    private static Map<String, Object> quantity(Stocked stocked, int quantity, Integer from) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("inventoryItemId", stocked.item());
        entry.put("locationId", stocked.location());
        entry.put("quantity", quantity);
        entry.put("changeFromQuantity", from);
        return entry;
    }

    private static Map<String, Object> input(List<Map<String, Object>> quantities) {
        return new HashMap<>(Map.of("name", "available", "reason", "correction", "quantities", quantities));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static JsonNode set(String key, Map<String, Object>... quantities) {
        return shop.ask(SET, Map.of("i", input(List.of(quantities)), "k", key));
    }

    private static JsonNode adjust(String key, Stocked stocked, int delta) {
        Map<String, Object> change = quantity(stocked, 0, null);
        change.remove("quantity");
        change.put("delta", delta);
        return shop.ask(ADJUST,
                Map.of("i", Map.of("name", "available", "reason", "correction", "changes", List.of(change)), "k", key));
    }
}
