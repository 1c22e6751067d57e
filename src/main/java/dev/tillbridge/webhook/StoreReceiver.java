package dev.tillbridge.webhook;

import java.util.List;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.StoreWebhooks;
import dev.tillbridge.channel.WebhookDelivery;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.platform.Secret;

/** Takes a store's webhook: checks whose it is, then keeps what it says, then answers. */
@ApplicationScoped
class StoreReceiver {

    private final ChannelDirectory directory;
    private final StoreSecrets secrets;
    private final Inbox inbox;
    private final Demands demands;

    StoreReceiver(ChannelDirectory directory, StoreSecrets secrets, Inbox inbox, Demands demands) {
        this.directory = directory;
        this.secrets = secrets;
        this.inbox = inbox;
        this.demands = demands;
    }

    /** Completes when all is stored; fails with a {@link RefusedException} where nothing is. */
    Uni<Void> receive(UnaryOperator<String> header, byte[] body) {
        StoreWebhooks webhooks = directory.storefront();
        var delivery = webhooks.delivery(header);
        return secrets.of(delivery.shopDomain())
                .chain(known -> signer(webhooks, delivery, body, known) != Signer.NOBODY
                        ? Uni.createFrom().item(known)
                        : secrets.fresh(delivery.shopDomain()))
                .chain(known -> keep(delivery, body, known));
    }

    private enum Signer {
        STORE,
        FORMER_STORE,
        NOBODY
    }

    private Uni<Void> keep(WebhookDelivery delivery, byte[] body, StoreSecrets.Known known) {
        if (known.nothing()) {
            throw new RefusedException(Refusal.UNKNOWN_STORE);
        }
        StoreWebhooks webhooks = directory.storefront();
        Signer signer = signer(webhooks, delivery, body, known);
        if (signer == Signer.NOBODY) {
            throw new RefusedException(
                    known.secrets().isEmpty() && known.former().isEmpty() ? Refusal.NO_SECRET : Refusal.BAD_SIGNATURE);
        }
        StoreNews news = webhooks.news(delivery, body);
        if (news.demand() != null) {
            return demands.take(delivery, news.demand());
        }
        if (signer == Signer.FORMER_STORE) {
            // Its app has nothing to tell of a store that another app's credentials connect.
            throw new RefusedException(known.storeId() == null ? Refusal.UNKNOWN_STORE : Refusal.BAD_SIGNATURE);
        }
        return inbox.put(entries(delivery, news.hints()));
    }

    private static List<InboxEntry> entries(WebhookDelivery delivery, List<WebhookHint> hints) {
        return hints.isEmpty()
                ? List.of(InboxEntry.ofStore(delivery.shopDomain(), null, null))
                : hints.stream().map(hint -> InboxEntry.ofStore(delivery.shopDomain(), hint, event(delivery, hint))).toList();
    }

    /** One event may be told of under several topics, and of several resources: each of these is news. */
    private static String event(WebhookDelivery delivery, WebhookHint hint) {
        return delivery.eventId() + " " + delivery.topic() + " " + hint.resourceId();
    }

    private static Signer signer(StoreWebhooks webhooks, WebhookDelivery delivery, byte[] body, StoreSecrets.Known known) {
        if (any(webhooks, delivery, body, known.secrets())) {
            return Signer.STORE;
        }
        return any(webhooks, delivery, body, known.former()) ? Signer.FORMER_STORE : Signer.NOBODY;
    }

    private static boolean any(StoreWebhooks webhooks, WebhookDelivery delivery, byte[] body, List<Secret> secrets) {
        return secrets.stream().anyMatch(secret -> webhooks.signed(delivery, body, secret));
    }
}
