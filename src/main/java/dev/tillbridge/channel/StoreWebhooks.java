package dev.tillbridge.channel;

import java.net.URI;
import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Secret;

/** The part of a store's port that understands its webhooks and keeps the subscriptions to them. */
public interface StoreWebhooks {

    /**
     * Reads the headers.
     *
     * @param header a header's value by its name; null where it was not sent
     * @throws WebhookRefused where one is missing
     */
    WebhookDelivery delivery(UnaryOperator<String> header);

    /** Whether the body, byte for byte, was signed with this secret; takes the same time wherever a signature differs. */
    boolean signed(WebhookDelivery delivery, byte[] body, Secret secret);

    /**
     * What a delivery whose signature was checked means.
     *
     * @throws WebhookRefused where the body is no JSON or lacks the id of what it tells of, or demands something of another shop
     *         than the headers, which no signature covers, say
     */
    StoreNews news(WebhookDelivery delivery, byte[] body);

    /**
     * Sees to it that the topics the streams need are delivered to this address: makes what is missing, corrects what leads
     * elsewhere, takes doubles away. What is not Tillbridge's is left alone.
     */
    Uni<Subscriptions> keepSubscriptions(ShopConnection shop, URI address);

    /**
     * Ends Tillbridge's subscriptions; answers how many there were. One that is gone already is as good as ended.
     *
     * @param address where they lead; null where nobody says so any more: they are known by their names
     */
    Uni<Integer> endSubscriptions(ShopConnection shop, URI address);

    /**
     * How the subscriptions stand after that.
     *
     * @param problem why some could not be made, for an operator; null where all stand
     */
    record Subscriptions(int standing, int made, int corrected, String problem) {}
}
