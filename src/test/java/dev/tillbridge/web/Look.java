package dev.tillbridge.web;

import java.util.Locale;
import java.util.stream.Stream;

import com.microsoft.playwright.options.ColorScheme;

/** How somebody looks at the dashboard: on a telephone or a desk, light or dark. */
record Look(int width, ColorScheme theme) {

    static final Look DESK = new Look(1440, ColorScheme.LIGHT);

    static Stream<Look> all() {
        return Stream.of(360, 1440).flatMap(width -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .map(theme -> new Look(width, theme)));
    }

    int height() {
        return width < 600 ? 740 : 900;
    }

    /** {@code 360-dark}. */
    @Override
    public String toString() {
        return width + "-" + theme.name().toLowerCase(Locale.ROOT);
    }
}
