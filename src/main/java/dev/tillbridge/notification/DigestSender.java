package dev.tillbridge.notification;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Sends the digests that are due. Every replica looks; the claim decides who sends. Nothing waits for this loop, and a mail
 * server that does not answer costs it a minute. A digest counts as sent when the server has taken it; a replica that dies
 * between that and writing it down leaves a claim that runs out, and the digest goes out twice: better than not at all.
 */
@ApplicationScoped
class DigestSender {

    private static final Logger LOG = Logger.getLogger(DigestSender.class);
    /** All that are claimed at once are sent at once, so that a claim of two minutes outlives the sending. */
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DigestRepository digests;
    private final ReactiveMailer mailer;
    private final MailFailure failures;
    private final MeterRegistry registry;
    private final DigestWriter writer;
    private final boolean enabled;
    private final String from;

    DigestSender(DigestRepository digests, ReactiveMailer mailer, MailFailure failures, MeterRegistry registry,
            NotificationConfig config, @ConfigProperty(name = "quarkus.mailer.from") Optional<String> mailerFrom) {
        this.digests = digests;
        this.mailer = mailer;
        this.failures = failures;
        this.registry = registry;
        this.writer = new DigestWriter(config.publicUrl().orElse(null), config.mostEntries());
        this.enabled = config.enabled();
        this.from = config.from().or(() -> mailerFrom).orElse(null);
    }

    void start(@Observes StartupEvent event) {
        if (enabled && from == null) {
            LOG.info("No mail is sent: neither tillbridge.notification.from nor quarkus.mailer.from names a sender");
        }
    }

    @Scheduled(identity = "digests", every = "${tillbridge.notification.look-every:PT30S}", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (!enabled || from == null) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy().repeating().uni(this::sendSome).whilst(claimed -> claimed == AT_ONCE)
                .collect().last().replaceWithVoid()
                .onFailure().invoke(failure -> LOG.errorf("Digests could not be looked for: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** How many were claimed. */
    private Uni<Integer> sendSome() {
        return digests.claim(AT_ONCE).chain(claimed -> Multi.createFrom().iterable(claimed)
                .onItem().transformToUni(this::send).merge(AT_ONCE)
                .collect().last().replaceWith(claimed.size()));
    }

    private Uni<Void> send(UUID channelId) {
        return digests.read(channelId)
                .chain(facts -> facts == null || facts.tellsNothing()
                        ? digests.release(channelId)
                        : mail(facts).chain(mail -> mailer.send(mail).ifNoItem().after(PATIENCE).fail())
                                .onItemOrFailure().transformToUni((sent, failure) -> failure == null
                                        ? sent(facts)
                                        : failed(channelId, failure)))
                .onFailure().invoke(failure -> LOG.errorf(
                        "The digest of channel %s could not be read or recorded; it is looked at again in two minutes: %s",
                        channelId, failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private Uni<Mail> mail(DigestFacts facts) {
        var digest = writer.write(facts);
        return DigestTemplates.digestHtml(digest).createUni()
                .chain(html -> DigestTemplates.digestText(digest).createUni().map(text -> new Mail()
                        .setFrom(from).setTo(facts.recipients()).setSubject(digest.subject()).setHtml(html).setText(text)
                        // RFC 3834: nobody's absence is answered to this.
                        .addHeader("Auto-Submitted", "auto-generated")));
    }

    private Uni<Void> sent(DigestFacts facts) {
        count("sent");
        LOG.infof("A digest of channel %s was sent: %d notices, %d products without link", facts.channelId(),
                facts.notices().size(), facts.products().fresh());
        return digests.sent(facts);
    }

    private Uni<Void> failed(UUID channelId, Throwable failure) {
        count("failed");
        var why = failures.describe(failure);
        LOG.warnf("The digest of channel %s could not be sent and is tried again: %s", channelId, why);
        return digests.failed(channelId, why);
    }

    private void count(String outcome) {
        registry.counter("tillbridge.mails", "outcome", outcome).increment();
    }
}
