package dev.tillbridge.order;

import java.util.List;
import java.util.function.Consumer;

/** Values written so that different values make different texts: each with its length before it, lists with theirs. */
final class CanonicalText {

    private final StringBuilder text = new StringBuilder();

    void add(Object... values) {
        for (Object value : values) {
            String written = String.valueOf(value);
            text.append(value == null ? "-" : String.valueOf(written.length())).append(':')
                    .append(value == null ? "" : written);
        }
    }

    <T> void list(List<T> values, Consumer<T> writer) {
        text.append('[').append(values.size()).append(']');
        values.forEach(writer);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
