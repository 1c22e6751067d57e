package dev.tillbridge.sandbox.webhook;

import java.util.List;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * One webhook to one address. Each attempt sends the same: headers, body and ids.
 *
 * @param side {@code clover} or {@code shopify}
 * @param topic by which fault rules and the log know it
 * @param owner shop or merchant it tells of
 * @param gaps of the retries, in order, as parts of the retry span; empty for none
 * @param receipt is told what becomes of it
 */
public record WebhookPost(String side, String topic, String owner, String uri, Map<String, String> headers, Buffer body,
        List<Double> gaps, Receipt receipt) {

    /** What the vendor does about the outcome of attempts. */
    public interface Receipt {

        /** Whether another attempt still makes sense. */
        default boolean wanted() {
            return true;
        }

        /**
         * An attempt has ended.
         *
         * @param delivered whether it was answered 2xx in time
         * @param last whether no attempt follows
         */
        default void attempted(boolean delivered, boolean last) {}
    }
}
