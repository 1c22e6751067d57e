package dev.tillbridge.webhook;

import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.TillNews;
import dev.tillbridge.channel.WebhookRefused;

/** Takes a post of a till's vendor, which may be about several merchants. */
@ApplicationScoped
class TillReceiver {

    private static final Logger LOG = Logger.getLogger(TillReceiver.class);

    private final ChannelDirectory directory;
    private final Inbox inbox;
    private final Verifications verifications;
    private final WebhookMetrics metrics;

    TillReceiver(ChannelDirectory directory, Inbox inbox, Verifications verifications, WebhookMetrics metrics) {
        this.directory = directory;
        this.inbox = inbox;
        this.verifications = verifications;
        this.metrics = metrics;
    }

    /** Completes when all is stored; fails with a {@link RefusedException} where nothing is. */
    Uni<Void> receive(String integration, UnaryOperator<String> header, byte[] body) {
        PointOfSale till = directory.pointOfSale(integration);
        boolean authentic = till.authentic(header);
        TillNews news = authentic ? till.news(body) : handshake(till, body);
        if (news.verificationCode() != null) {
            if (!authentic && !verifications.admits()) {
                throw new RefusedException(Refusal.TOO_MANY_CODES);
            }
            LOG.infof(
                    "Somebody, perhaps %s, wants the webhook address to be verified: where you asked for it just now, enter %s in"
                            + " the developer dashboard",
                    integration, news.verificationCode());
            return verifications.keep(integration, news.verificationCode());
        }
        news.ignored().forEach((key, count) -> metrics.ignored(integration, key, count));
        return inbox.put(news.hints().stream()
                .map(hint -> InboxEntry.ofTill(integration, hint.merchantId(), hint.hint())).toList());
    }

    /** The vendor verifies the address before it tells the code that its posts are recognised by. */
    private static TillNews handshake(PointOfSale till, byte[] body) {
        Refusal refusal = till.knowsItsVendor() ? Refusal.WRONG_CODE : Refusal.NO_CODE;
        try {
            TillNews news = till.news(body);
            if (news.verificationCode() != null) {
                return news;
            }
        } catch (WebhookRefused malformed) {
            LOG.debugf("A post that cannot be verified is malformed, too: %s", malformed.getMessage());
        }
        throw new RefusedException(refusal);
    }
}
