package dev.tillbridge.sandbox;

import static dev.tillbridge.sandbox.TestSandbox.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.TestSandbox.Answer;

class CloverOrdersTest {

    private static final TestSandbox SANDBOX = new TestSandbox();
    private static final long DAY = 24 * 3_600_000L;

    @BeforeEach
    void reset() {
        SANDBOX.sandbox().reset();
    }

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    @Test
    void anOrderHasItsHeaderInlineAndItsPartsOnlyWhereTheyAreExpanded() {
        JsonNode sale = sale("{\"lines\":[{\"name\":\"Cap\",\"price\":995,\"taxRates\":[{\"name\":\"Tax\",\"rate\":635000}],"
                + "\"modifications\":[{\"name\":\"Logo\",\"amount\":150}],\"discounts\":[{\"name\":\"Staff\",\"percentage\":10}]}],"
                + "\"tip\":20,\"orderType\":\"Pick Up\",\"customerEmail\":\"ada@example.com\",\"note\":\"Window\"}");
        String order = "/orders/" + sale.path("orderId").asText();

        JsonNode plain = SANDBOX.clover("GET", order, null).json();
        JsonNode parts = SANDBOX.clover("GET", order
                + "?expand=lineItems.discounts,lineItems.modifications,lineItems.taxRates", null).json();
        JsonNode money = SANDBOX.clover("GET", order + "?expand=payments.tender,customers,orderType", null).json();

        assertThat(plain.fieldNames()).toIterable().contains("href", "id", "currency", "employee", "total", "paymentState",
                "orderType", "taxRemoved", "isVat", "state", "testMode", "createdTime", "clientCreatedTime", "modifiedTime",
                "device").doesNotContain("lineItems", "payments", "customers", "discounts", "serviceCharge");
        assertThat(plain.path("createdTime").asLong() % 1_000).isZero();
        assertThat(plain.path("paymentState").asText()).isEqualTo("PAID");
        JsonNode line = parts.at("/lineItems/elements/0");
        assertThat(line.has("item")).as("a line typed in by hand").isFalse();
        assertThat(line.at("/discounts/elements/0/percentage").asInt()).isEqualTo(10);
        assertThat(line.at("/modifications/elements/0/amount").asInt()).isEqualTo(150);
        assertThat(line.at("/taxRates/elements/0/rate").asInt()).isEqualTo(635_000);
        assertThat(money.at("/payments/elements/0/tender/labelKey").asText()).isEqualTo("com.clover.tender.cash");
        assertThat(money.at("/payments/elements/0/tipAmount").asInt()).isEqualTo(20);
        assertThat(money.at("/orderType/label").asText()).isEqualTo("Pick Up");
        JsonNode customer = SANDBOX.clover("GET", "/customers/" + money.at("/customers/elements/0/id").asText()
                + "?expand=emailAddresses,phoneNumbers", null).json();
        assertThat(customer.at("/emailAddresses/elements/0/emailAddress").asText()).isEqualTo("ada@example.com");
    }

    @Test
    void moreThanThreeExpansionsAreRefusedUnlessTheSwitchAllowsThem() {
        String path = "/orders?expand=lineItems,payments,refunds,nonsense";

        assertThat(SANDBOX.clover("GET", path, null).status()).isEqualTo(400);
        SANDBOX.control("PUT", "/behaviour", "{\"expandLimit\":\"unlimited\"}");
        assertThat(SANDBOX.clover("GET", path, null).status()).isEqualTo(200);
    }

    @Test
    void expandedLinesAreCutAtAHundredAndReadWholeByTheirOwnList() {
        String order = "/orders/"
                + sale("{\"lines\":[{\"name\":\"Egg\",\"price\":10,\"units\":101}]}").path("orderId").asText();

        assertThat(SANDBOX.clover("GET", order + "?expand=lineItems", null).json().at("/lineItems/elements")).hasSize(100);
        HashSet<String> ids = new HashSet<>();
        for (int offset = 0; offset < 200; offset += 100) {
            SANDBOX.clover("GET", order + "/line_items?limit=100&offset=" + offset, null).json().path("elements")
                    .forEach(line -> ids.add(line.path("id").asText()));
        }
        assertThat(ids).hasSize(101);
    }

    @Test
    void anOrderIsHiddenFromListsUntilItHasAState() throws InterruptedException {
        SANDBOX.control("PUT", "/behaviour", "{\"hiddenOrders\":\"yes\"}");
        String id = sale("{\"lines\":[{\"name\":\"Egg\",\"price\":10}]}").path("orderId").asText();

        JsonNode hidden = SANDBOX.clover("GET", "/orders/" + id, null).json();
        assertThat(hidden.has("state")).isFalse();
        assertThat(ids("/orders")).isEmpty();
        assertThat(SANDBOX.clover("GET", "/payments", null).json().at("/elements/0/order/id").asText()).isEqualTo(id);

        Thread.sleep(3_100);
        JsonNode shown = SANDBOX.clover("GET", "/orders", null).json().at("/elements/0");
        assertThat(shown.path("state").asText()).isEqualTo("locked");
        assertThat(shown.path("modifiedTime").asLong()).isGreaterThan(hidden.path("modifiedTime").asLong());
    }

    @Test
    void aPaymentEndsTheHiding() {
        SANDBOX.control("PUT", "/behaviour", "{\"hiddenOrders\":\"yes\"}");
        String id = sale("{\"paid\":false,\"lines\":[{\"name\":\"Egg\",\"price\":10}]}").path("orderId").asText();
        assertThat(ids("/orders")).isEmpty();

        SANDBOX.control("POST", "/clover/payments", "{\"orderId\":\"" + id + "\"}");

        assertThat(ids("/orders")).containsExactly(id);
    }

    @Test
    void listsWithoutAWindowOfNinetyDaysGiveOnlyTheLatestNinety() {
        long now = System.currentTimeMillis();
        String old = sale("{\"createdTime\":" + (now - 100 * DAY) + ",\"lines\":[{\"name\":\"Egg\",\"price\":10}]}")
                .path("orderId").asText();
        String young = sale("{\"lines\":[{\"name\":\"Egg\",\"price\":10}]}").path("orderId").asText();

        assertThat(ids("/orders")).containsExactly(young);
        assertThat(ids("/payments?x", "/order/id")).containsExactly(young);
        assertThat(ids("/orders?filter=" + encoded("total>=0"))).containsExactly(young);
        String from = "filter=" + encoded("createdTime>=" + (now - 110 * DAY));
        assertThat(ids("/orders?" + from)).containsExactly(young);
        assertThat(ids("/orders?" + from + "&filter=" + encoded("createdTime<" + (now - 5 * DAY)))).isEmpty();
        assertThat(ids("/orders?" + from + "&filter=" + encoded("createdTime<" + (now - 21 * DAY)))).containsExactly(old);
        assertThat(ids("/payments?" + from + "&filter=" + encoded("createdTime<" + (now - 21 * DAY)), "/order/id"))
                .containsExactly(old);
    }

    @Test
    void aFilterByModifiedTimeAloneIsNotCutUnlessTheSwitchSaysSo() {
        long now = System.currentTimeMillis();
        String old = sale("{\"createdTime\":" + (now - 100 * DAY) + ",\"lines\":[{\"name\":\"Egg\",\"price\":10}]}")
                .path("orderId").asText();
        String path = "/orders?filter=" + encoded("modifiedTime>=" + (now - 120 * DAY));

        assertThat(ids(path)).containsExactly(old);
        SANDBOX.control("PUT", "/behaviour", "{\"modifiedTimeWindow\":\"cut\"}");
        assertThat(ids(path)).isEmpty();
    }

    @Test
    void theNewestComesFirstUnlessOrderedAndAnIllegalFilterIs400() {
        long now = System.currentTimeMillis();
        List<String> made = new ArrayList<>();
        for (int i = 3; i > 0; i--) {
            made.add(0, sale("{\"createdTime\":" + (now - i * 60_000L) + ",\"lines\":[{\"name\":\"Egg\",\"price\":10}]}")
                    .path("orderId").asText());
        }

        assertThat(ids("/orders")).containsExactlyElementsOf(made);
        assertThat(ids("/orders?orderBy=" + encoded("modifiedTime ASC"))).containsExactly(made.get(2), made.get(1),
                made.get(0));
        Answer illegal = SANDBOX.clover("GET", "/orders?filter=" + encoded("paymentState=PAID"), null);
        assertThat(illegal.status()).isEqualTo(400);
        assertThat(SANDBOX.clover("GET", "/orders", null).http().headers().firstValue("X-Clover-Allowed-Filter-Fields")
                .orElseThrow()).contains("clientCreatedTime", "deletedTime");
    }

    @Test
    void aDeletedOrderIsGoneUnlessTheSwitchLetsItBeRead() {
        String id = sale("{\"paid\":false,\"lines\":[{\"name\":\"Egg\",\"price\":10}]}").path("orderId").asText();
        SANDBOX.clover("DELETE", "/orders/" + id, null);

        assertThat(SANDBOX.clover("GET", "/orders/" + id, null).json().toString())
                .isEqualTo("{\"message\":\"Not Found\",\"details\":\"Order not found\"}");
        assertThat(ids("/orders")).isEmpty();
        assertThat(ids("/orders?filter=" + encoded("deletedTime>0"))).containsExactly(id);
        SANDBOX.control("PUT", "/behaviour", "{\"deletedOrders\":\"readable\"}");
        assertThat(SANDBOX.clover("GET", "/orders/" + id, null).json().path("deletedTimestamp").asLong()).isPositive();
        assertThat(SANDBOX.clover("POST", "/orders/" + id, "{\"note\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    void anOrderMadeThroughTheApiBelongsToItsClient() {
        JsonNode hidden = SANDBOX.clover("POST", "/orders", "{}").json();
        assertThat(hidden.has("state")).isFalse();
        assertThat(hidden.has("total")).isFalse();
        assertThat(ids("/orders")).isEmpty();

        String order = "/orders/" + hidden.path("id").asText();
        SANDBOX.clover("POST", order + "/line_items", "{\"name\":\"Goparrot\",\"price\":1200}");
        assertThat(SANDBOX.clover("POST", order + "/line_items", "{}").json().path("message").asText())
                .isEqualTo("Invalid line item");
        SANDBOX.clover("POST", order + "/bulk_line_items",
                "{\"items\":[{\"name\":\"A\",\"price\":1},{\"name\":\"B\",\"price\":2}]}");
        JsonNode open = SANDBOX.clover("POST", order, "{\"state\":\"open\",\"total\":1203,\"paymentState\":\"PAID\"}").json();

        assertThat(open.path("total").asInt()).isEqualTo(1_203);
        assertThat(open.has("paymentState")).as("cannot be set").isFalse();
        assertThat(SANDBOX.clover("GET", order + "/line_items", null).json().path("elements")).hasSize(3);
        assertThat(ids("/orders")).containsExactly(hidden.path("id").asText());
    }

    @Test
    void onlyTheExternalTenderPaysThroughTheApi() {
        String order = "/orders/" + SANDBOX.clover("POST", "/orders", "{\"state\":\"open\",\"total\":500}").json().path("id")
                .asText();

        assertThat(SANDBOX.clover("POST", order + "/payments", payment("cash", 500)).status()).isEqualTo(400);
        Answer paid = SANDBOX.clover("POST", order + "/payments", payment("external_payment", 500));

        assertThat(paid.json().path("result").asText()).isEqualTo("SUCCESS");
        assertThat(SANDBOX.clover("GET", order, null).json().path("paymentState").asText()).isEqualTo("PAID");
        assertThat(SANDBOX.clover("GET", order + "/payments", null).json().path("elements")).hasSize(1);
        assertThat(SANDBOX.clover("GET", order + "/payments/" + paid.json().path("id").asText(), null).status()).isEqualTo(405);
        assertThat(SANDBOX.clover("GET", "/payments/" + paid.json().path("id").asText(), null).json().at("/order/id").asText())
                .isEqualTo(order.substring("/orders/".length()));
    }

    @Test
    void aWriteIsPartialIsCheckedAndTouchesTheOrder() throws InterruptedException {
        JsonNode sale = sale("{\"lines\":[{\"name\":\"Egg\",\"price\":441}],\"cashRounding\":10,\"title\":\"Table 4\"}");
        String order = "/orders/" + sale.path("orderId").asText();
        JsonNode before = SANDBOX.clover("GET", order, null).json();
        Thread.sleep(1_100);

        JsonNode after = SANDBOX.clover("POST", order, "{\"note\":\"Shipped\"}").json();

        assertThat(after.path("note").asText()).isEqualTo("Shipped");
        assertThat(after.path("title").asText()).isEqualTo("Table 4");
        assertThat(after.path("state")).isEqualTo(before.path("state"));
        assertThat(after.path("modifiedTime").asLong()).isGreaterThan(before.path("modifiedTime").asLong());
        assertThat(SANDBOX.clover("POST", order, "{\"note\":\"" + "n".repeat(2_048) + "\"}").status()).isEqualTo(400);
        assertThat(SANDBOX.clover("POST", order, "{\"title\":\"" + "t".repeat(128) + "\"}").status()).isEqualTo(400);
        assertThat(SANDBOX.clover("POST", order, "{\"externalReferenceId\":\"a-b\"}").json().path("message").asText())
                .isEqualTo("Invoice ID cannot exceed 12 characters");
    }

    private static String payment(String tender, long amount) {
        for (JsonNode each : SANDBOX.clover("GET", "/tenders", null).json().path("elements")) {
            if (each.path("labelKey").asText().endsWith("." + tender)) {
                return "{\"tender\":{\"id\":\"" + each.path("id").asText() + "\"},\"amount\":" + amount + "}";
            }
        }
        throw new AssertionError("No tender " + tender);
    }

    private static JsonNode sale(String body) {
        Answer answer = SANDBOX.control("POST", "/clover/sales", body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> ids(String path) {
        return ids(path, "/id");
    }

    private static List<String> ids(String path, String pointer) {
        List<String> ids = new ArrayList<>();
        SANDBOX.clover("GET", path, null).json().path("elements").forEach(each -> ids.add(each.at(pointer).asText()));
        return ids;
    }
}
