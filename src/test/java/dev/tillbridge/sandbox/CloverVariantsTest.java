package dev.tillbridge.sandbox;

import static dev.tillbridge.sandbox.TestSandbox.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.TestSandbox.Answer;

/** Item groups, attributes, options and categories, as docs.clover.com/docs/managing-items-item-groups has them. */
class CloverVariantsTest {

    private static final TestSandbox SANDBOX = new TestSandbox();

    private String group;
    private String size;
    private String small;

    @BeforeEach
    void makeAGroup() {
        SANDBOX.sandbox().reset();
        group = id("/item_groups", "{\"name\":\"Tee\"}");
        size = id("/attributes", "{\"name\":\"Size\",\"itemGroup\":{\"id\":\"" + group + "\"}}");
        small = id("/attributes/" + size + "/options", "{\"name\":\"S\"}");
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void theServerNamesTheItemsOfAGroupWhateverAClientSends() {
        String item = item("{\"name\":\"Mine\",\"price\":100,\"itemGroup\":{\"id\":\"" + group + "\"}}");
        assertThat(name(item)).isEqualTo("Tee");

        join(small, item);
        assertThat(name(item)).isEqualTo("Tee S");

        SANDBOX.clover("POST", "/items/" + item, "{\"name\":\"Mine again\",\"sku\":\"T-S\"}");
        assertThat(name(item)).isEqualTo("Tee S");
        SANDBOX.clover("POST", "/item_groups/" + group, "{\"name\":\"Shirt\"}");
        assertThat(name(item)).isEqualTo("Shirt S");
        SANDBOX.clover("POST", "/attributes/" + size + "/options/" + small, "{\"name\":\"Small\"}");
        assertThat(name(item)).isEqualTo("Shirt Small");
    }

    @Test
    void attributesAndOptionsAreListedUnderTheirParentAlone() {
        String other = id("/item_groups", "{\"name\":\"Cap\"}");
        String colour = id("/attributes", "{\"name\":\"Colour\",\"itemGroup\":{\"id\":\"" + other + "\"}}");
        id("/attributes/" + colour + "/options", "{\"name\":\"Red\"}");

        assertThat(names("/attributes?filter=" + encoded("itemGroup.id=" + group))).containsExactly("Size");
        assertThat(names("/attributes/" + size + "/options")).containsExactly("S");
        assertThat(names("/item_groups?limit=1000")).containsExactlyInAnyOrder("Tee", "Cap");
    }

    @Test
    void whatIsSentTwiceIsMadeTwice() {
        id("/attributes/" + size + "/options", "{\"name\":\"S\"}");

        assertThat(names("/attributes/" + size + "/options")).containsExactly("S", "S");
    }

    @Test
    void itemsOfAGroupAreFoundByItAndShowTheirOptionsWhereExpanded() {
        String item = item("{\"name\":\"x\",\"price\":100,\"itemGroup\":{\"id\":\"" + group + "\"}}");
        item("{\"name\":\"Alone\",\"price\":100}");
        join(small, item);

        JsonNode found = SANDBOX
                .clover("GET", "/items?expand=options,categories&filter=" + encoded("itemGroup.id=" + group), null)
                .json().path("elements");

        assertThat(found).hasSize(1);
        assertThat(found.at("/0/options/elements/0/id").asText()).isEqualTo(small);
        assertThat(found.at("/0/itemGroup/id").asText()).isEqualTo(group);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String outside = item("{\"name\":\"Alone\",\"price\":100}");
        assertThat(status("/option_items", "{\"elements\":[{\"option\":{\"id\":\"" + small + "\"},\"item\":{\"id\":\"" + outside
                + "\"}}]}")).isEqualTo(400);
        assertThat(status("/item_groups", "{}")).isEqualTo(400);
        assertThat(status("/item_groups", "{\"name\":\"" + "x".repeat(128) + "\"}")).isEqualTo(400);
        assertThat(status("/attributes", "{\"name\":\"Size\"}")).isEqualTo(400);
        assertThat(status("/attributes/AAAAAAAAAAAAA/options", "{\"name\":\"S\"}")).isEqualTo(404);
        assertThat(status("/items", "{\"name\":\"x\",\"price\":1,\"itemGroup\":{\"id\":\"AAAAAAAAAAAAA\"}}")).isEqualTo(404);
        assertThat(SANDBOX.clover("POST", "/items/" + outside, "{\"itemGroup\":{\"id\":\"" + group + "\"}}").json()
                .has("itemGroup")).as("an item joins no group later").isFalse();
    }

    private static int status(String path, String body) {
        return SANDBOX.clover("POST", path, body).status();
    }

    private static String id(String path, String body) {
        Answer made = SANDBOX.clover("POST", path, body);
        assertThat(made.status()).as("%s", made.json()).isEqualTo(200);
        return made.json().path("id").asText();
    }

    private static String item(String body) {
        return id("/items", body);
    }

    private static void join(String option, String item) {
        assertThat(status("/option_items", "{\"elements\":[{\"option\":{\"id\":\"" + option + "\"},\"item\":{\"id\":\"" + item
                + "\"}}]}")).isEqualTo(200);
    }

    private static String name(String item) {
        return SANDBOX.clover("GET", "/items/" + item, null).json().path("name").asText();
    }

    private static List<String> names(String path) {
        return SANDBOX.clover("GET", path, null).json().path("elements").findValuesAsText("name");
    }
}
