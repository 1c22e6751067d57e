package dev.tillbridge.channel;

/**
 * One thing that settings would have done, or left out.
 *
 * @param kind what would be done: {@code stock}, {@code price} or {@code create}
 * @param variantId null where there is none
 * @param itemId null where there is none yet
 * @param name as the till, or else the shop, calls it
 * @param from what the till shows now; null where that is not known
 * @param to what it would show; null where it is left out
 * @param reason why it would be done or is left out, as a sentence
 * @param skipped why it is left out, as a stable word such as {@code recount}; null where it is done
 */
public record PreviewRow(String kind, String variantId, String itemId, String name, String from, String to, String reason,
        String skipped) {}
