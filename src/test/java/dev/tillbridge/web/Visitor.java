package dev.tillbridge.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tillbridge.testing.JavaProcess;

/** Somebody at a browser of their own. What the browser complains of (scripts, the content policy) is kept and must be nothing. */
final class Visitor implements AutoCloseable {

    private static final Path SCREENSHOTS = JavaProcess.build().resolve("screenshots");

    private final BrowserContext context;
    private final Page page;
    private final String base;
    private final Look look;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Visitor(Browser browser, String base, Look look) {
        this.base = base;
        this.look = look;
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(look.width(), look.height())
                .setColorScheme(look.theme()).setLocale("en-US").setTimezoneId("America/New_York"));
        page = context.newPage();
        page.onPageError(error -> complaints.add("script: " + error));
        page.onConsoleMessage(message -> {
            // A refused call is shown as the network's own error line, too; what it means is on the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
    }

    /** The same person at a browser that has never been here, but is signed in. */
    Visitor withEmptyCache(Browser browser) {
        Visitor other = new Visitor(browser, base, look);
        other.context.addCookies(context.cookies());
        return other;
    }

    Page page() {
        return page;
    }

    Visitor open(String path) {
        page.navigate(base + path);
        return this;
    }

    /** By the sign-in page, with an API key. */
    Visitor signIn(String key) {
        open("/login");
        page.getByLabel("API key").fill(key);
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))).isVisible();
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }

    Visitor sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
        return this;
    }

    /** How much of the page was moved by what came later; 0 where nothing was. */
    double moved() {
        return ((Number) page.evaluate("""
                () => new Promise(resolve => {
                  let sum = 0;
                  new PerformanceObserver(list => list.getEntries().forEach(shift => {
                    if (!shift.hadRecentInput) sum += shift.value;
                  })).observe({ type: "layout-shift", buffered: true });
                  setTimeout(() => resolve(sum), 100);
                })""")).doubleValue();
    }

    /** Accessible by axe's rules, as wide as the window, and pictured as {@code <name>-<width>-<theme>.png}. */
    void inspect(String name) {
        page.waitForFunction("() => document.querySelector('.skeleton') === null"
                + " && [...document.querySelectorAll('.chart')].every(chart => chart.querySelector('canvas'))");
        page.screenshot(
                new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + "-" + look + ".png")).setFullPage(true));
        var found = new AxeBuilder(page).analyze();
        assertThat(found.getViolations().stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary()).toList())
                .toList())
                .as("axe on " + name + " at " + look).isEmpty();
        assertThat(((Number) page
                .evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).intValue())
                .as(name + " at " + look + " is wider than the window").isNotPositive();
    }

    /** Nothing that the browser complained of. */
    void assertNoComplaints() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
