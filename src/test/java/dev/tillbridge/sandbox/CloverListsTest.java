package dev.tillbridge.sandbox;

import static dev.tillbridge.sandbox.TestSandbox.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.TestSandbox.Answer;

class CloverListsTest {

    private static final TestSandbox SANDBOX = new TestSandbox();

    @BeforeEach
    void seed() {
        SANDBOX.sandbox().reset();
        SANDBOX.control("POST", "/seed", "{\"seed\":3,\"variants\":2345,\"quantityAbsent\":45,\"perUnit\":20}");
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void aListHasElementsAndHrefAndNeitherTotalNorNext() {
        Answer list = SANDBOX.clover("GET", "/items", null);

        assertThat(list.json().fieldNames()).toIterable().containsExactly("elements", "href");
        assertThat(list.json().path("elements")).hasSize(100);
        assertThat(list.json().path("href").asText()).endsWith("/items?limit=100");
        assertThat(list.http().headers().firstValue("Date")).isPresent();
    }

    @Test
    void offsetPagesOfAtMostAThousandGiveEveryItemOnceAndEndShort() {
        Set<String> ids = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();
        for (int offset = 0; offset < 4_000; offset += 1_000) {
            JsonNode page = SANDBOX.clover("GET", "/items?limit=5000&offset=" + offset, null).json().path("elements");
            sizes.add(page.size());
            page.forEach(item -> ids.add(item.path("id").asText()));
        }

        assertThat(sizes).containsExactly(1_000, 1_000, 345, 0);
        assertThat(ids).hasSize(2_345);
    }

    @Test
    void withoutOrderTheYoungestComesFirstSoThatANewItemShiftsThePages() {
        String firstOfPageTwo = SANDBOX.clover("GET", "/items?limit=10&offset=10", null).json().at("/elements/0/id").asText();

        SANDBOX.clover("POST", "/items", "{\"name\":\"New\",\"price\":100}");

        assertThat(SANDBOX.newestItem().path("name").asText()).isEqualTo("New");
        assertThat(SANDBOX.clover("GET", "/items?limit=10&offset=10", null).json().at("/elements/1/id").asText())
                .isEqualTo(firstOfPageTwo);
    }

    @Test
    void orderByModifiedTimeAscends() {
        JsonNode page = SANDBOX.clover("GET", "/items?limit=1000&orderBy=" + encoded("modifiedTime ASC"), null).json()
                .path("elements");

        List<Long> times = new ArrayList<>();
        page.forEach(item -> times.add(item.path("modifiedTime").asLong()));
        assertThat(times).isSorted().allMatch(time -> time % 1_000 == 0);
        assertThat(new HashSet<>(times).size()).as("ties, but not one single tie").isBetween(2, 999);
    }

    @Test
    void repeatedFiltersMustAllHoldAndBoundsAreInclusive() {
        JsonNode all = SANDBOX.clover("GET", "/items?limit=1000&orderBy=price", null).json().path("elements");
        long low = all.path(100).path("price").asLong();
        long high = all.path(800).path("price").asLong();

        JsonNode found = SANDBOX.clover("GET", "/items?limit=1000&filter=" + encoded("price>=" + low) + "&filter="
                + encoded("price<=" + high) + "&orderBy=price", null).json().path("elements");

        assertThat(found.path(0).path("price").asLong()).isEqualTo(low);
        found.forEach(item -> assertThat(item.path("price").asLong()).isBetween(low, high));
        assertThat(found.size()).isGreaterThan(300);
    }

    @Test
    void idInFindsExactlyThese() {
        JsonNode three = SANDBOX.clover("GET", "/items?limit=3&offset=500", null).json().path("elements");
        String list = "id in ('" + three.at("/0/id").asText() + "','" + three.at("/1/id").asText() + "','0000000000000')";

        JsonNode found = SANDBOX.clover("GET", "/items?expand=itemStock&filter=" + encoded(list), null).json()
                .path("elements");

        assertThat(found).hasSize(2);
        assertThat(found.findValuesAsText("id")).contains(three.at("/0/id").asText(), three.at("/1/id").asText());
    }

    @Test
    void anIllegalFilterFieldIs400AndTheLegalOnesAreNamed() {
        Answer illegal = SANDBOX.clover("GET", "/items?filter=" + encoded("code=1"), null);
        Answer legal = SANDBOX.clover("GET", "/items?limit=1", null);

        assertThat(illegal.status()).isEqualTo(400);
        assertThat(legal.http().headers().firstValue("X-Clover-Allowed-Filter-Fields").orElseThrow())
                .contains("itemCode", "modifiedTime");
    }

    @Test
    void anExpandedListIsCutAtAHundredAndAnUnknownExpansionIgnored() {
        String item = SANDBOX.newestItem().path("id").asText();
        StringBuilder elements = new StringBuilder();
        for (int i = 0; i < 130; i++) {
            String tag = SANDBOX.clover("POST", "/tags", "{\"name\":\"Tag " + i + "\"}").json().path("id").asText();
            elements.append(i == 0 ? "" : ",").append("{\"tag\":{\"id\":\"" + tag + "\"},\"item\":{\"id\":\"" + item + "\"}}");
        }
        SANDBOX.clover("POST", "/tag_items", "{\"elements\":[" + elements + "]}");

        JsonNode expanded = SANDBOX.clover("GET", "/items/" + item + "?expand=tags,nonsense", null).json();

        assertThat(expanded.at("/tags/elements")).hasSize(100);
        assertThat(expanded.has("nonsense")).isFalse();
        assertThat(SANDBOX.clover("GET", "/tags?limit=1000", null).json().path("elements")).hasSize(130);
    }

    @Test
    void aDeletedItemIsGoneFromListsUnlessTheSwitchListsIt() {
        String item = SANDBOX.newestItem().path("id").asText();
        String other = SANDBOX.clover("GET", "/items?limit=1&offset=1", null).json().at("/elements/0/id").asText();
        SANDBOX.clover("DELETE", "/items/" + item, null);
        SANDBOX.clover("DELETE", "/items?itemIds=" + other, null);

        assertThat(SANDBOX.clover("GET", "/items/" + item, null).status()).isEqualTo(404);
        assertThat(SANDBOX.newestItem().path("id").asText()).isNotIn(item, other);
        SANDBOX.control("PUT", "/behaviour", "{\"deletedItems\":\"listed\"}");
        assertThat(SANDBOX.newestItem().path("id").asText()).isEqualTo(item);
        assertThat(SANDBOX.newestItem().path("deletedTime").asLong()).isPositive();
    }

    @Test
    void bulkItemsTakeTwoThousandFiveHundredAndNoMoreAllOrNothing() {
        String one = "{\"name\":\"Bulk\",\"price\":5}";
        String most = "{\"items\":[" + (one + ",").repeat(2_499) + one + "]}";
        String tooMany = "{\"items\":[" + (one + ",").repeat(2_500) + one + "]}";

        assertThat(SANDBOX.clover("POST", "/bulk_items", tooMany).status()).isEqualTo(400);
        assertThat(SANDBOX.newestItem().path("name").asText()).isNotEqualTo("Bulk");
        assertThat(SANDBOX.clover("POST", "/bulk_items", most).json().path("elements")).hasSize(2_500);
        String id = SANDBOX.newestItem().path("id").asText();
        Answer put = SANDBOX.clover("PUT", "/bulk_items",
                "{\"items\":[{\"id\":\"" + id + "\",\"price\":7},{\"id\":\"0000000000000\",\"price\":7}]}");
        assertThat(put.status()).isEqualTo(404);
        assertThat(SANDBOX.newestItem().path("price").asInt()).isEqualTo(5);
        SANDBOX.clover("PUT", "/bulk_items", "{\"items\":[{\"id\":\"" + id + "\",\"price\":7}]}");
        assertThat(SANDBOX.newestItem().path("price").asInt()).isEqualTo(7);
        assertThat(SANDBOX.newestItem().path("name").asText()).isEqualTo("Bulk");
    }

    @Test
    void whatARefusedBulkChangeHasDoneAndWhatIsAnsweredAreSwitches() {
        String id = SANDBOX.newestItem().path("id").asText();
        String refused = "{\"items\":[{\"id\":\"" + id + "\",\"price\":71},{\"id\":\"" + id + "\",\"price\":-1}]}";

        assertThat(SANDBOX.clover("PUT", "/bulk_items", refused).status()).isEqualTo(400);
        assertThat(SANDBOX.newestItem().path("price").asInt()).isNotEqualTo(71);

        SANDBOX.control("PUT", "/behaviour", "{\"bulkRefusal\":\"partial\",\"bulkAnswer\":\"none\"}");
        assertThat(SANDBOX.clover("PUT", "/bulk_items", refused).status()).isEqualTo(400);
        assertThat(SANDBOX.newestItem().path("price").asInt()).isEqualTo(71);
        Answer put = SANDBOX.clover("PUT", "/bulk_items", "{\"items\":[{\"id\":\"" + id + "\",\"price\":72}]}");
        assertThat(put.json()).isEmpty();
        assertThat(SANDBOX.newestItem().path("price").asInt()).isEqualTo(72);
    }

    @Test
    void somebodyChangesAnItemAtTheTill() {
        String id = SANDBOX.newestItem().path("id").asText();

        SANDBOX.control("POST", "/clover/items",
                "{\"itemId\":\"" + id + "\",\"price\":5,\"priceType\":\"VARIABLE\",\"hidden\":true}");

        assertThat(SANDBOX.newestItem().path("price").asInt()).isEqualTo(5);
        assertThat(SANDBOX.newestItem().path("priceType").asText()).isEqualTo("VARIABLE");
        assertThat(SANDBOX.newestItem().path("hidden").asBoolean()).isTrue();
        SANDBOX.control("POST", "/clover/items", "{\"itemId\":\"" + id + "\",\"deleted\":true}");
        assertThat(SANDBOX.clover("GET", "/items/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void postOnAnItemIsPartialAndPutNeedsItsName() {
        String item = SANDBOX.newestItem().path("id").asText();
        String name = SANDBOX.newestItem().path("name").asText();

        assertThat(SANDBOX.clover("PUT", "/items/" + item, "{\"price\":1}").status()).isEqualTo(400);
        Answer posted = SANDBOX.clover("POST", "/items/" + item, "{\"price\":1}");

        assertThat(posted.json().path("name").asText()).isEqualTo(name);
        assertThat(posted.json().path("price").asInt()).isEqualTo(1);
        assertThat(SANDBOX.clover("POST", "/items", "{\"name\":\"No price\"}").status()).isEqualTo(400);
        assertThat(SANDBOX.clover("POST", "/items/0000000000000", "{}").json().path("message").asText())
                .isEqualTo("invalid ID");
    }
}
