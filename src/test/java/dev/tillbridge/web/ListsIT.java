package dev.tillbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/** Items, orders, runs and health: a catalogue of 3,000 with what matching leaves to people, and sales of what is not linked. */
class ListsIT {

    private static final int VARIANTS = 3_000;
    private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

    private static Chromium chromium;
    private static SandboxProcess sandbox;
    private static ServiceProcess service;
    private static ServiceApi api;
    private static String channel;

    private Visitor visitor;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        sandbox = SandboxProcess.start("web-lists-sandbox", "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false",
                "-Dsandbox.search-lag=PT0.5S");
        sandbox.seed("{\"seed\":11,\"variants\":" + VARIANTS
                + ",\"missingIdentifiers\":0.02,\"duplicates\":0.01,\"untracked\":0.01,\"perUnit\":0.01,\"tillOnly\":20}");
        Map<String, String> config = ServiceProcess.configWithTls(SandboxResource.freshDatabase(), sandbox);
        config.put("tillbridge.clover.rate.per-second", "1000");
        config.put("tillbridge.sync.order-poll", "PT1S");
        config.put("tillbridge.sync.stock-poll", "PT1S");
        service = ServiceProcess.start("web-lists", config, "-Xmx256m");
        api = service.api();
        channel = api.connectDemoChannel(api.connectDemoStore());
        api.turnOnOrderSync(channel);
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500))
                .until(() -> links("/counts").path("linked").asInt() > VARIANTS / 2);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        visitor = visitor(Look.DESK);
    }

    @AfterEach
    void leave() {
        visitor.assertNoComplaints();
        visitor.close();
    }

    @Test
    void thousandsOfItemsScrollWithoutPagingAndAreFoundBySearchAndFilter() {
        int all = 0;
        for (JsonNode count : links("/counts")) {
            all += count.asInt();
        }
        visitor.open(path("items"));
        Locator list = visitor.page().getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Items"));
        assertThat(list).hasAttribute("aria-rowcount", String.valueOf(all + 1));
        JsonNode far = links("?limit=1&offset=" + (VARIANTS / 2)).path("items").path(0);
        visitor.page().evaluate("share => window.scrollTo(0, document.documentElement.scrollHeight * share)",
                (VARIANTS / 2 + 5.0) / all);
        assertThat(list.getByText("SKU " + far.at("/variant/sku").asText()).first()).isVisible();
        assertThat(list.getByRole(AriaRole.ROW).count()).as("only rows in view are elements").isLessThan(60);

        String sku = links("?status=linked&limit=1&offset=700").at("/items/0/variant/sku").asText();
        visitor.page().getByRole(AriaRole.SEARCHBOX).fill(sku);
        visitor.page().waitForURL("**q=" + sku + "**");
        assertThat(list.getByText("SKU " + sku).first()).isVisible();
        assertThat(list).hasAttribute("aria-rowcount", Pattern.compile("[1-9]\\d?"));

        visitor.page().getByRole(AriaRole.SEARCHBOX).fill("there is no such thing");
        visitor.sees("Nothing is found for");
        visitor.link("Show all items").click();
        visitor.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Not linked"))).click();
        visitor.page().waitForURL("**status=unlinked**");
        assertThat(list).hasAttribute("aria-rowcount", String.valueOf(links("/counts").path("unlinked").asInt() + 1));
    }

    @Test
    void rowsAreWalkedThroughByTheKeyboard() {
        visitor.open(path("items"));
        Locator rows = visitor.page().locator("[data-row-focus]");
        assertThat(rows.first()).isVisible();
        rows.first().focus();
        for (int step = 0; step < 30; step++) {
            visitor.page().keyboard().press("ArrowDown");
        }
        assertThat(visitor.page().locator("[data-index='30'] [data-row-focus]")).isFocused();
        visitor.page().keyboard().press("Enter");
        visitor.sees("Why is this item at this quantity?");
        visitor.page().goBack();
        assertThat(visitor.page().locator("[data-index='30'] [data-row-focus]")).isVisible();
    }

    @Test
    void anItemIsLinkedByHandAndUnlinkedAgain() {
        JsonNode variant = links("?status=unlinked&limit=1").at("/items/0/variant");
        JsonNode item = links("?status=till-only&limit=1").at("/items/0/item");
        visitor.open(path("items/" + variant.path("id").asText()));
        visitor.sees("no item at the till");
        visitor.button("Link to an item").click();
        visitor.page().getByLabel("Search the till's items").fill(item.path("name").asText());
        Locator pick = visitor.page().locator(".pick")
                .filter(new Locator.FilterOptions().setHasText(item.path("name").asText()));
        pick.first().getByRole(AriaRole.BUTTON).click();
        visitor.sees("Linked. Its stock and price are set with the next turn.");
        visitor.sees("linked by hand");
        assertThat(visitor.button("Remove the link")).isVisible();
        visitor.button("Remove the link").click();
        visitor.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Remove the link")).click();
        visitor.sees("The link is removed.");
        visitor.sees("Unlinked by hand");
    }

    @Test
    void linksAreTakenFromAFileAfterAReportOfWhatItWouldDo() {
        JsonNode variant = links("?status=unlinked&limit=1&offset=1").at("/items/0/variant");
        JsonNode item = links("?status=till-only&limit=1&offset=1").at("/items/0/item");
        JsonNode linked = links("?status=linked&limit=1").path("items").path(0);
        String file = "variantId,note,itemId\n" + variant.path("id").asText() + ",\"by, hand\"," + item.path("id").asText()
                + "\n"
                + linked.at("/variant/id").asText() + ",," + linked.at("/item/id").asText() + "\nnone,,"
                + item.path("id").asText() + "\n";
        visitor.open(path("items"));
        visitor.button("Import").click();
        visitor.page().getByLabel("CSV file")
                .setInputFiles(new FilePayload("links.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        visitor.sees("Nothing was changed yet");
        assertThat(visitor.page().getByRole(AriaRole.DIALOG)).containsText("An earlier line names the same variant or item");
        assertThat(links("/" + variant.path("id").asText()).path("status").asText()).isEqualTo("unlinked");
        visitor.button("Make 1 link").click();
        visitor.sees("1 link made from links.csv.");
        assertThat(links("/" + variant.path("id").asText()).path("status").asText()).isEqualTo("linked");
    }

    @Test
    void aHeldSaleIsTriedAgainFixedAndComesThrough() {
        JsonNode item = links("?status=till-only&limit=1&offset=3").at("/items/0/item");
        String sale = sell(item.path("id").asText());
        visitor.open(path("orders?status=HELD"));
        visitor.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sale " + sale)).click();
        visitor.sees("no link to the store");
        visitor.button("Try again").click();
        visitor.sees("It is read from the till again");
        assertThat(visitor.page().getByText("Tried again", new Page.GetByTextOptions().setExact(true)).first()).isVisible(SOON);

        visitor.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Link…"))).first()
                .click();
        visitor.page().getByRole(AriaRole.DIALOG).locator(".pick").first().getByRole(AriaRole.BUTTON).click();
        visitor.sees("Linked.");
        assertThat(visitor.page().getByText("Both totals are the same.")).isVisible(SOON);
        visitor.sees("Order made in the shop");
    }

    @Test
    void heldSalesAreDismissedInBulkAfterTheyWereCounted() {
        JsonNode item = links("?status=till-only&limit=1&offset=4").at("/items/0/item");
        String sale = sell(item.path("id").asText());
        visitor.open(path("orders?status=HELD&q=" + sale));
        visitor.button("Dismiss all…").click();
        visitor.sees("Dismiss 1 sale");
        visitor.field("Why?").fill("Rung up to try the till");
        visitor.page().getByLabel("The goods are still here").check();
        visitor.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Dismiss 1 sale")).click();
        visitor.sees("1 sale dismissed.");
        assertThat(order(sale).path("status").asText()).isEqualTo("SKIPPED");
        assertThat(order(sale).path("stock").asText()).isIn("NONE", "RETURNED");
    }

    @Test
    void aRunIsStartedAndWatchedAndBothSidesAreCompared() {
        visitor.open(path("runs"));
        visitor.button("Start a run").click();
        visitor.page().getByLabel("Everything").check();
        visitor.button("Start").click();
        visitor.page().waitForURL("**/runs/*-*");
        assertThat(visitor.page().getByText("Rows of the shop read").or(visitor.page().getByText("Items of the till read"))
                .first())
                .isVisible(SOON);
        assertThat(visitor.page().getByText("Done", new Page.GetByTextOptions().setExact(true))
                .or(visitor.page().getByText("Done, but for some rows")).first()).isVisible(SOON);

        visitor.open(path("runs"));
        visitor.button("Compare both sides").click();
        visitor.button("Compare").click();
        visitor.sees("Both sides are being compared.");
        visitor.page().locator("#reports ~ .table-wrap a").first().click();
        assertThat(visitor.page().getByText("It took")).isVisible(SOON);
        visitor.sees("stock figures of the shop");
    }

    @ParameterizedTest
    @MethodSource("dev.tillbridge.web.Look#all")
    void everyPageIsAccessibleAndFitsItsWindow(Look look) {
        JsonNode linked = links("?status=linked&limit=1").at("/items/0/variant");
        String sale = sell(links("?status=till-only&limit=1&offset=5").at("/items/0/item").path("id").asText());
        try (Visitor other = visitor(look)) {
            // Ten rows: a picture of 3,000 would be higher than any screen.
            other.open(path("items?q=TB-00001"));
            assertThat(other.page().locator("[data-row-focus]")).hasCount(10);
            other.inspect("items");
            other.button("Import").click();
            other.sees("CSV file");
            other.inspect("items-import");
            other.open(path("items/" + linked.path("id").asText()));
            other.sees("Why is this item at this quantity?");
            other.inspect("item");
            other.open(path("orders"));
            other.sees("Sale " + sale);
            other.inspect("orders");
            other.open(path("orders/" + sale));
            other.sees("The sale's story");
            other.inspect("order");
            other.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Link…"))).first()
                    .click();
            assertThat(other.page().getByRole(AriaRole.DIALOG).locator(".pick").first()).isVisible();
            dialog(other, "link");
            other.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Dismiss"))).first()
                    .click();
            dialog(other, "order-dismiss");
            other.open(path("orders?status=HELD")).button("Dismiss all…").click();
            dialog(other, "orders-dismiss");
            other.open(path("runs")).button("Start a run").click();
            dialog(other, "runs-start");
            other.open(path("runs"));
            other.sees("Requests against the vendors' limits");
            other.page().waitForSelector(".chart canvas");
            other.inspect("runs");
            other.assertNoComplaints();
        }
    }

    private static void dialog(Visitor visitor, String name) {
        assertThat(visitor.page().getByRole(AriaRole.DIALOG)).isVisible();
        visitor.inspect(name);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.page().getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    private static Visitor visitor(Look look) {
        return new Visitor(chromium.browser(), service.base(), look).signIn(ServiceProcess.ADMIN_KEY);
    }

    /** Rings up a thing that is not linked, and waits until its sale is held. */
    private static String sell(String itemId) {
        String sale = sandbox.control("POST", "/clover/sales", "{\"lines\":[{\"itemId\":\"" + itemId
                + "\",\"units\":2,\"price\":450}],\"paid\":true}").path("orderId").asText();
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(300)).ignoreExceptions()
                .until(() -> order(sale).path("status").asText().equals("HELD"));
        return sale;
    }

    private static JsonNode order(String sale) {
        return api.http().get(ServiceApi.path(channel) + "/orders/" + sale);
    }

    private static JsonNode links(String rest) {
        return api.http().get(ServiceApi.path(channel) + "/links" + rest);
    }

    private static String path(String page) {
        return "/channels/" + channel + "/" + page;
    }
}
