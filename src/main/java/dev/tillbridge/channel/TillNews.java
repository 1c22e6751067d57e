package dev.tillbridge.channel;

import java.util.List;
import java.util.Map;

/**
 * What a post of a till's vendor means.
 *
 * @param verificationCode sent once, when the address is entered at the vendor's, for a person to enter it there; else null
 * @param hints by merchant
 * @param ignored how many events of each key are of no use here; keys that are not known count as {@code other}
 */
public record TillNews(String verificationCode, List<Hint> hints, Map<String, Integer> ignored) {

    public TillNews {
        hints = List.copyOf(hints);
        ignored = Map.copyOf(ignored);
    }

    /** A hint that concerns the till of this merchant, if it is connected. */
    public record Hint(String merchantId, WebhookHint hint) {}
}
