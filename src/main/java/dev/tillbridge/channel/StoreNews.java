package dev.tillbridge.channel;

import java.util.List;

/**
 * What a store's webhook means.
 *
 * @param hints where to look; empty where the topic is none that a stream needs
 * @param demand null where nothing is demanded
 */
public record StoreNews(List<WebhookHint> hints, StoreDemand demand) {

    /** Of a topic that nobody asked for. */
    public static final StoreNews NOTHING = new StoreNews(List.of(), null);

    public StoreNews {
        hints = List.copyOf(hints);
    }

    public static StoreNews of(WebhookHint hint) {
        return new StoreNews(List.of(hint), null);
    }
}
