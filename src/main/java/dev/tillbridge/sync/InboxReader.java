package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.order.Containment;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.webhook.InboxRepository;
import dev.tillbridge.webhook.InboxRepository.Open;

/**
 * Works off what webhooks hinted at: all hints of a kind are read together, and go once what was read is stored. Those that
 * cannot be read wait and are tried again; polling finds the same in the meantime.
 */
@ApplicationScoped
class InboxReader {

    private static final Logger LOG = Logger.getLogger(InboxReader.class);

    /** Shopify takes so many ids at once. */
    private static final int BATCH = 250;
    /** All of a flood of products at once: what changed in them is read once. */
    private static final int MOST_PRODUCTS = 10_000;
    private static final Set<WebhookHint.Kind> OF_PRODUCTS = Set.of(WebhookHint.Kind.PRODUCT,
            WebhookHint.Kind.INVENTORY_ITEM);

    /** Reads the resources of these ids and stores what it read. */
    interface Work {
        Uni<Void> read(WebhookHint.Kind kind, List<String> resourceIds);
    }

    /**
     * What a turn did.
     *
     * @param next when others are due: zero at once; null where there are none
     */
    record Outcome(int worked, Duration next) {}

    private final InboxRepository inbox;

    InboxReader(InboxRepository inbox) {
        this.inbox = inbox;
    }

    /** @param ownerId the store, or the channel */
    Uni<Outcome> pass(Pass pass, UUID ownerId, Work work) {
        return inbox.open(ownerId, BATCH).chain(open -> flood(ownerId, open)).chain(open -> {
            if (open.isEmpty()) {
                return Uni.createFrom().item(new Outcome(0, null));
            }
            // What failed before keeps what is new from nothing.
            List<List<Open>> groups = Stream.of(false, true)
                    .flatMap(again -> groups(open.stream().filter(each -> again == again(each)))).toList();
            int due = groups.stream().mapToInt(List::size).sum();
            List<ConnectorException.Unauthorized> refused = new ArrayList<>();
            return Multi.createFrom().iterable(groups)
                    .onItem().transformToUniAndConcatenate(group -> together(pass, ownerId, group, work)
                            // A permission is missing for this kind, perhaps for no other.
                            .onFailure(ConnectorException.Unauthorized.class).recoverWithUni(failure -> {
                                refused.add(failure);
                                return later(pass, ownerId, group, failure);
                            }))
                    .collect().last()
                    .invoke(() -> refused.stream().findFirst().ifPresent(failure -> {
                        throw failure;
                    }))
                    // What could not be read just now rests, which only the database knows.
                    .chain(() -> inbox.open(ownerId, 1))
                    .map(rest -> new Outcome(due, rest.isEmpty() ? null : rest.get(0).dueIn()));
        });
    }

    private Uni<List<Open>> flood(UUID ownerId, List<Open> open) {
        return open.size() < BATCH || open.stream().filter(InboxReader::ofProducts).count() <= StoreHints.FLOOD
                ? Uni.createFrom().item(open)
                : inbox.open(ownerId, MOST_PRODUCTS).map(all -> Stream.concat(
                        open.stream().filter(each -> !ofProducts(each)), all.stream().filter(InboxReader::ofProducts))
                        .toList());
    }

    private static boolean ofProducts(Open hint) {
        return OF_PRODUCTS.contains(hint.hint().kind());
    }

    private static Stream<List<Open>> groups(Stream<Open> open) {
        return open.filter(Open::due).collect(Collectors.groupingBy(each -> each.hint().kind(),
                () -> new EnumMap<WebhookHint.Kind, List<Open>>(WebhookHint.Kind.class), Collectors.toList())).values()
                .stream();
    }

    private static boolean again(Open hint) {
        return hint.attempts() > 0;
    }

    private Uni<Void> together(Pass pass, UUID ownerId, List<Open> group, Work work) {
        return read(pass, ownerId, group, work)
                // One that is refused must not keep the others from being read; nor one that lastingly fails, which is no outage.
                // But a flood is never read one by one: that would take the turn for long, and the polls find the same.
                .onFailure(failure -> Containment.ofOneSale(failure) && group.size() > 1 && group.size() <= BATCH
                        && (!(failure instanceof ConnectorException.Transient) || group.stream().allMatch(InboxReader::again)))
                .recoverWithUni(() -> Multi.createFrom().iterable(group)
                        .onItem().transformToUniAndConcatenate(one -> read(pass, ownerId, List.of(one), work)
                                .onFailure(Containment::ofOneSale)
                                .recoverWithUni(failure -> later(pass, ownerId, List.of(one), failure)))
                        .collect().last().replaceWithVoid())
                .onFailure(Containment::ofOneSale).recoverWithUni(failure -> later(pass, ownerId, group, failure));
    }

    private Uni<Void> read(Pass pass, UUID ownerId, List<Open> hints, Work work) {
        return Uni.createFrom().deferred(() -> work.read(hints.get(0).hint().kind(),
                hints.stream().map(open -> open.hint().resourceId()).toList()))
                .chain(() -> inbox.done(pass.fence(), ownerId, hints))
                .invoke(() -> pass.count("webhook-hints", hints.size()));
    }

    private Uni<Void> later(Pass pass, UUID ownerId, List<Open> hints, Throwable failure) {
        if (!(failure instanceof ConnectorException)) {
            LOG.errorf(failure, "What webhooks hinted at could not be read: %s", hints.get(0).hint());
        }
        String message = Containment.message(failure);
        return inbox.later(pass.fence(), ownerId, hints, message)
                .chain(() -> pass.failed("webhook:" + hints.get(0).hint().kind() + ":" + hints.get(0).hint().resourceId(),
                        Containment.code(failure),
                        hints.size() == 1 ? message : hints.size() + " hints: " + message));
    }
}
