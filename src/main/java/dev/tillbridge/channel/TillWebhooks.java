package dev.tillbridge.channel;

import java.util.function.UnaryOperator;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.order.SaleMention;

/** The part of a till's port that understands its vendor's webhooks, and reads what they hint at. */
public interface TillWebhooks {

    /** Whether somebody told the service what its vendor's posts are recognised by. */
    boolean knowsItsVendor();

    /** Whether a post comes from the vendor, told in constant time; false where nothing is configured to tell it by. */
    boolean authentic(UnaryOperator<String> header);

    /** @throws WebhookRefused where the body is no JSON, or not of the vendor's form */
    TillNews news(byte[] body);

    /** What the list of sales would say of this one now; null where the till has no such sale. */
    Uni<SaleMention> saleMention(TillConnection till, String saleId);

    /** The same of a payment; null where the till has none, or it belongs to no sale. */
    Uni<SaleMention> paymentMention(TillConnection till, String paymentId);
}
