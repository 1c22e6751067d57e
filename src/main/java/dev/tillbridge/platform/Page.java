package dev.tillbridge.platform;

import java.util.List;

/** Part of a list. {@code nextCursor} asks for what follows; null at the end. */
public record Page<T>(List<T> items, String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /** A list that is answered whole. */
    public static <T> Page<T> of(List<T> items) {
        return new Page<>(items, null);
    }
}
