package dev.tillbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceProcess;

/**
 * The way of a new user through the dashboard, one step after the other: sign in, connect shop and till, choose what to keep in
 * step, watch the first sync, settle a count, let others in. What one step made the next one uses.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(StepByStep.class)
class DashboardIT {

    private static final String TILL = "Clover Main Store";
    private static final LocatorAssertions.IsVisibleOptions LONG = new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

    private static Chromium chromium;
    private static SandboxProcess sandbox;
    private static ServiceProcess service;
    private static Visitor owner;
    private static String channel;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        sandbox = SandboxProcess.start("dashboard-sandbox", "-Dsandbox.clover-limits=false");
        sandbox.seed("{\"seed\":7,\"variants\":120,\"untracked\":4,\"locations\":2}");
        Map<String, String> config = ServiceProcess.configWithTls(SandboxResource.freshDatabase(), sandbox);
        config.put("tillbridge.clover.rate.per-second", "200");
        config.put("tillbridge.sync.stock-poll", "PT1S");
        config.put("tillbridge.sync.order-poll", "PT1S");
        config.put("tillbridge.sync.quiet-poll", "PT2S");
        config.put("tillbridge.sync.till-scan", "PT2S");
        config.put("tillbridge.stock.recount-after", "PT2S");
        config.put("tillbridge.stock.recheck", "PT0.5S");
        service = ServiceProcess.start("dashboard", config);
        owner = new Visitor(chromium.browser(), service.base(), Look.DESK);
    }

    @AfterAll
    static void end() {
        for (AutoCloseable each : new AutoCloseable[]{ owner, chromium, service, sandbox}) {
            close(each);
        }
    }

    private static void close(AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(1)
    void whoHasNoKeySeesThePageOfSigningInAndIsToldAWrongOne() {
        owner.open("/channels/none/items");
        assertThat(owner.heading("Sign in to Tillbridge")).isVisible();
        owner.field("API key").fill("tbk_nobody-has-this-key-0123456789");
        owner.button("Sign in").click();
        owner.sees("Nobody has this key.");

        owner.signIn(ServiceProcess.ADMIN_KEY).sees("Connect your shop, then your till");

        assertThat(owner.page().evaluate("() => Object.keys(localStorage).length + document.cookie.length")).isEqualTo(0);
    }

    @Test
    @Order(2)
    void theShopIsConnectedByAGuidedForm() {
        owner.link("Connect Shopify").click();
        owner.field("Shop domain").fill("my shop");
        owner.page().locator("input[type=radio][value=token]").check();
        owner.field("Admin API access token").fill("shpat_demo");
        owner.button("Connect").click();
        // The error stands at its field.
        assertThat(owner.field("Shop domain")).hasAttribute("aria-invalid", "true");
        owner.field("Shop domain").fill(SandboxResource.SHOP);
        owner.button("Connect").click();
        assertThat(owner.heading("Connect Clover")).isVisible();
    }

    @Test
    @Order(3)
    void theTillsPermissionsAreTriedBeforeOnesEyes() {
        owner.field("Name of the till").fill(TILL);
        owner.field("Merchant id").fill("short");
        owner.field("API token").fill("a-token-nobody-made");
        owner.button("Check and connect").click();
        owner.sees("A merchant id has 13 letters and digits.");
        owner.field("Merchant id").fill(SandboxResource.MERCHANT);
        owner.button("Check and connect").click();
        owner.sees("The till did not accept this token");

        String readOnly = sandbox.control("POST", "/clover/tokens",
                "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"permissions\":[\"MERCHANT_R\",\"INVENTORY_R\"]}")
                .path("token").asText();
        owner.field("API token").fill(readOnly);
        owner.button("Check and connect").click();
        owner.sees("The token lacks 7 permissions.");
        assertThat(owner.page().locator("tb-permission-check li").filter(
                new Locator.FilterOptions().setHasText("Inventory: write"))).containsText("not allowed");

        owner.field("API token").fill(SandboxResource.CLOVER_TOKEN);
        owner.button("Check and connect").click();
        assertThat(owner.heading("Settings")).isVisible();
        channel = owner.page().url().replaceAll(".*/channels/([^/]+)/settings", "$1");
    }

    @Test
    @Order(4)
    void whatAStreamWillDoIsShownBeforeItIsTurnedOn() {
        await("the first matching").atMost(Duration.ofMinutes(1)).until(() -> service.api().http()
                .get("/api/v1/channels/" + channel + "/links/counts").path("linked").asInt() > 0);
        owner.field("Safety stock").fill("3");
        owner.field("The till shows the shop's stock").check();
        owner.field("Sales at the till become orders of the shop").check();
        numberFormat("Before").fill("CLV-");
        assertThat(owner.page().locator("[data-example=numberFormat]")).containsText("CLV-JANDWXP4YAWCR");
        owner.field("Addresses, one on a line").fill("owner@example.com");
        owner.button("Save").click();
        Locator dialog = owner.page().getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("The till shows another quantity of", new LocatorAssertions.ContainsTextOptions()
                .setTimeout(30_000));
        assertThat(dialog).containsText("become orders of the shop");
        owner.inspect("settings-preview");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Turn on and save")).click();
        owner.sees("All changes are saved.");
    }

    @Test
    @Order(5)
    void theFirstSyncIsWatchedUntilAllIsInStep() {
        owner.link("Home").click();
        assertThat(owner.page().getByText("In step, no sale seen yet.")).isVisible(LONG);

        sandbox.control("POST", "/clover/sales",
                "{\"merchantId\":\"" + SandboxResource.MERCHANT
                        + "\",\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"paid\":true}");
        assertThat(owner.page().getByText("1 of 1")).isVisible(LONG);
        assertThat(owner.page().getByText("In step, last sale")).isVisible(LONG);
    }

    @Test
    @Order(6)
    void aCountAtTheTillIsSettledInPlainWords() {
        sandbox.control("POST", "/clover/stock",
                "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"sku\":\"TB-000002\",\"quantity\":777}");
        assertThat(owner.page().getByText("1 count at the till waits for your decision")).isVisible(LONG);
        owner.inspect("home-recount");
        owner.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("The shop is right: set the till back"))
                .click();
        assertThat(owner.page().getByText("In step, last sale")).isVisible(LONG);
        await().untilAsserted(() -> assertThat(sandbox.stock()).noneMatch(
                pair -> "TB-000002".equals(pair.sku()) && pair.till().intValue() == 777));
    }

    @Test
    @Order(7)
    void whatIsTypedIsNotLostByALinkAndWhatTwoSavedIsSettledByBoth() {
        try (Visitor other = new Visitor(chromium.browser(), service.base(), Look.DESK)) {
            String settings = "/channels/" + channel + "/settings";
            other.signIn(ServiceProcess.ADMIN_KEY).open(settings);
            owner.open(settings);
            owner.field("Safety stock").fill("4");
            owner.link("Home").click();
            owner.button("Stay").click();

            other.field("Default inventory").fill("25");
            other.button("Save").click();
            other.sees("All changes are saved.");
            owner.field("Safety stock").fill("5");
            owner.button("Save").click();
            owner.sees("Somebody else changed these settings meanwhile");
            owner.inspect("settings-conflict");
            owner.button("Save what is chosen").click();
            owner.button("Save").last().click();
            owner.sees("All changes are saved.");

            other.open(settings);
            assertThat(other.field("Safety stock")).hasValue("5");
            assertThat(other.field("Default inventory")).hasValue("25");
            other.assertNoComplaints();
        }
    }

    @Test
    @Order(8)
    void rolesSeeWhatTheyMay() {
        owner.open("/access");
        owner.button("Make a key").click();
        owner.field("Whose it is").fill("Front desk");
        owner.button("Make the key").click();
        String key = owner.page().locator(".token code").textContent();
        owner.inspect("access-key");
        owner.button("I have it").click();
        assertThat(owner.page().getByRole(AriaRole.CELL, new Page.GetByRoleOptions().setName("Front desk").setExact(true)))
                .isVisible();

        try (Visitor viewer = new Visitor(chromium.browser(), service.base(), Look.DESK)) {
            viewer.signIn(key).open("/channels/" + channel + "/settings");
            assertThat(viewer.field("Safety stock")).isDisabled();
            assertThat(viewer.button("Save")).hasCount(0);
            viewer.open("/connect").sees(TILL);
            assertThat(viewer.button("Disconnect")).hasCount(0);
            viewer.open("/access").sees("viewer");
            assertThat(viewer.button("Make a key")).hasCount(0);

            owner.button("Revoke Front desk").click();
            owner.button("Revoke").click();
            owner.sees("The key of Front desk is revoked.");
            viewer.open("/");
            assertThat(viewer.heading("Sign in to Tillbridge")).isVisible();
            viewer.assertNoComplaints();
        }
    }

    @Test
    @Order(9)
    void everyPageIsAccessibleAtBothWidthsAndInBothThemes() {
        JsonClient api = service.api().http();
        String till = "/channels/" + channel;
        // Written twice: before the safety stock was changed, and after.
        String item = api.get("/api/v1" + till + "/links?q=TB-000003&limit=1").at("/items/0/variant/id").asText();
        String run = api.get("/api/v1" + till + "/runs?limit=1").at("/items/0/id").asText();
        Map<String, String> pages = Map.ofEntries(entry("home", "/"), entry("integrations", "/connect"),
                entry("available", "/connect/available"), entry("connect-store", "/connect/store"),
                entry("connect-clover", "/connect/clover"), entry("settings", till + "/settings"), entry("access", "/access"),
                entry("item-written", till + "/items/" + item), entry("run", till + "/runs/" + run),
                entry("reconciliation", till + "/reconciliations/" + compared(api)), entry("no-page", "/connect/nothing"));
        Look.all().forEach(look -> {
            try (Visitor visitor = new Visitor(chromium.browser(), service.base(), look)) {
                visitor.open("/login");
                assertThat(visitor.heading("Sign in to Tillbridge")).isVisible();
                visitor.inspect("sign-in");
                visitor.signIn(ServiceProcess.ADMIN_KEY);
                visitor.open("/access").button("Make a key").click();
                visitor.inspect("access-new-key");
                visitor.page().keyboard().press("Escape");
                pages.forEach((name, path) -> {
                    visitor.open(path);
                    assertThat(visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                            .isVisible();
                    visitor.inspect(name);
                    assertThat(visitor.moved()).as(name + " at " + look + " moves while it is read").isLessThan(0.02);
                });
                visitor.open(till + "/settings").page().getByLabel("More or less than the shop").check();
                visitor.field("Percent more").clear();
                visitor.field("Percent more").pressSequentially("1.05");
                assertThat(visitor.field("Percent more")).hasValue("1.05");
                visitor.inspect("settings-price-rule");
                visitor.button("Discard").click();
                visitor.assertNoComplaints();
            }
        });
    }

    /** Has both sides compared; answers the report's id. */
    private static String compared(JsonClient api) {
        String reports = "/api/v1/stores/" + api.get("/api/v1/stores").at("/items/0/id").asText() + "/reconciliations";
        String id = api.call("POST", reports, null).path("id").asText();
        await().atMost(Duration.ofMinutes(1)).until(() -> api.get(reports + "/" + id).hasNonNull("finishedAt"));
        return id;
    }

    @Test
    @Order(10)
    void aLostConnectionIsShownAndHeals() {
        owner.open("/");
        assertThat(owner.page().getByText("In step, last sale")).isVisible(LONG);
        service.kill();
        assertThat(owner.page().getByText("The connection to the service is lost.")).isVisible(LONG);
        service.restart();
        assertThat(owner.page().getByText("The connection is there again.")).isVisible(LONG);
        assertThat(owner.page().getByText("The connection to the service is lost.")).isHidden();
        assertThat(owner.page().getByText("In step, last sale")).isVisible(LONG);
    }

    /** No claim, but the figures of BENCHMARKS: a browser that has never been here, from the first request to the tills. */
    @Test
    @Order(11)
    void theFirstViewIsMeasured() {
        try (Visitor visitor = new Visitor(chromium.browser(), service.base(), Look.DESK)) {
            visitor.signIn(ServiceProcess.ADMIN_KEY);
            try (Visitor first = visitor.withEmptyCache(chromium.browser())) {
                first.open("/");
                assertThat(first.page().locator(".till .tiles").first()).isVisible();
                System.out.println("FIRST VIEW: " + first.page().evaluate("""
                        () => {
                          const parts = performance.getEntriesByType("resource").filter(each => each.name.includes("/static/"));
                          const sent = parts.reduce((sum, each) => sum + each.encodedBodySize, 0);
                          const whole = parts.reduce((sum, each) => sum + each.decodedBodySize, 0);
                          return `${Math.round(performance.now())} ms until the tills are shown, ${parts.length} files,`
                            + ` ${Math.round(sent / 1000)} kB sent, ${Math.round(whole / 1000)} kB unpacked`;
                        }"""));
            }
        }
    }

    @Test
    @Order(12)
    void theBrowserHadNothingToComplainOf() {
        owner.assertNoComplaints();
    }

    private static Locator numberFormat(String label) {
        return owner.page().getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Order number"))
                .getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }
}
