package dev.tillbridge.order;

import java.util.List;

/**
 * Which of the till's lines a line of the store's order stands for.
 *
 * @param key that of {@link OrderDraft.Line}
 * @param lineIds of the sale's lines, one for each piece; empty for what is no line at the till (service charge, tip)
 */
public record LineOrigin(String key, List<String> lineIds) {

    public LineOrigin {
        lineIds = List.copyOf(lineIds);
    }
}
