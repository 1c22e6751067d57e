package dev.tillbridge.web;

import java.util.List;
import java.util.Locale;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import dev.tillbridge.testing.ServiceProcess;

/** How smoothly a long list of the dashboard scrolls, and how soon a filter has its rows, in a real browser. */
public final class ScrolledList {

    private static final int FRAMES = 600;

    /** Scrolls so many pixels with each frame that the browser draws; answers the milliseconds between them. */
    private static final String SCROLL = """
            ([frames, pixels]) => new Promise((done) => {
              const gaps = [];
              let last = null;
              const step = (now) => {
                if (last !== null) {
                  gaps.push(now - last);
                }
                last = now;
                window.scrollBy(0, pixels);
                if (gaps.length < frames) {
                  requestAnimationFrame(step);
                } else {
                  done(gaps);
                }
              };
              requestAnimationFrame(step);
            })
            """;

    private ScrolledList() {}

    /**
     * Figures of the items of a channel, a line each.
     *
     * @param path the page's, such as {@code /channels/<id>/items}
     */
    public static List<String> measure(ServiceProcess service, String path, String search) {
        try (Chromium chromium = Chromium.start();
                Visitor visitor = new Visitor(chromium.browser(), service.base(), Look.DESK).signIn(ServiceProcess.ADMIN_KEY)) {
            visitor.open(path);
            Page page = visitor.page();
            page.waitForSelector("[data-row-focus]");
            String slow = frames(page, 40);
            String fast = frames(page, 800);
            long began = System.nanoTime();
            page.getByRole(AriaRole.SEARCHBOX).fill(search);
            page.waitForFunction("text => document.querySelectorAll('.vlist-body [data-index]').length > 0"
                    + " && [...document.querySelectorAll('.vlist-body [data-row-focus]')].length > 0"
                    + " && document.querySelector('.vlist').ariaRowCount !== '-1'"
                    + " && document.querySelector('.vlist-body').textContent.toLowerCase().includes(text)",
                    search.toLowerCase(Locale.ROOT));
            long shown = (System.nanoTime() - began) / 1_000_000;
            return List.of("scrolled 40 pixels a frame: " + slow, "scrolled 800 pixels a frame: " + fast,
                    "typed a search until its rows are shown: " + shown + " ms, of which 250 ms wait for the next letter");
        }
    }

    private static String frames(Page page, int pixels) {
        List<?> gaps = (List<?>) page.evaluate(SCROLL, List.of(FRAMES, pixels));
        double[] sorted = gaps.stream().mapToDouble(gap -> ((Number) gap).doubleValue()).sorted().toArray();
        long late = gaps.stream().filter(gap -> ((Number) gap).doubleValue() > 34).count();
        return String.format(Locale.ROOT,
                "%d frames, median %.1f ms apart, 95 %% within %.1f ms, longest %.1f ms, %d later than two frames",
                sorted.length, sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.95)], sorted[sorted.length - 1],
                late);
    }
}
