package dev.tillbridge.shopify;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StoreWebhooks.Subscriptions;

/**
 * Keeps the subscriptions that the streams need. Those of Tillbridge's are known by their name, or by leading here already: an
 * app that has others for a purpose of its own keeps them. Shopify drops a subscription after eight failures in a row.
 */
@Singleton
class WebhookSubscriptions {

    private static final int PAGE = 250;
    private static final int AT_ONCE = 4;

    private final ShopifyCalls calls;

    WebhookSubscriptions(ShopifyCalls calls) {
        this.calls = calls;
    }

    Uni<Subscriptions> keep(ShopConnection shop, URI address) {
        return standing(shop).chain(all -> {
            List<Change> changes = changes(all, address.toString());
            return Multi.createFrom().iterable(changes).onItem().transformToUni(change -> make(shop, change)).merge(AT_ONCE)
                    .collect().asList().chain(outcomes -> overtaken(shop, outcomes, address.toString()))
                    .map(WebhookSubscriptions::summary);
        });
    }

    /** What could not be ended fails the call; what somebody else ended is ended. */
    Uni<Integer> end(ShopConnection shop, URI address) {
        String uri = address == null ? null : address.toString();
        return standing(shop).chain(all -> Multi.createFrom()
                .iterable(Arrays.stream(WebhookTopic.values()).flatMap(topic -> ours(all, topic, uri).stream()
                        .map(each -> new Change(Kind.DELETE, topic, each.id(), uri))).toList())
                .onItem().transformToUni(change -> make(shop, change)).merge(AT_ONCE).collect().asList())
                .invoke(outcomes -> outcomes.stream().filter(outcome -> outcome.failure() != null && !outcome.refused())
                        .findFirst().ifPresent(outcome -> {
                            throw outcome.failure();
                        }))
                .map(List::size);
    }

    /**
     * Two checks at once, of the engine and of somebody who gave new credentials, are each refused what the other did: an address
     * that is taken already, a subscription that does not exist any more. What stands then is what counts.
     */
    private Uni<List<Outcome>> overtaken(ShopConnection shop, List<Outcome> outcomes, String uri) {
        return outcomes.stream().noneMatch(Outcome::refused)
                ? Uni.createFrom().item(outcomes)
                : standing(shop).map(all -> {
                    Set<WebhookTopic> open = changes(all, uri).stream().filter(change -> change.kind() != Kind.STANDS)
                            .map(Change::topic).collect(Collectors.toCollection(() -> EnumSet.noneOf(WebhookTopic.class)));
                    return outcomes.stream()
                            .filter(each -> !each.refused() || open.contains(each.change().topic())
                                    || each.change().kind() != Kind.DELETE)
                            .map(each -> each.refused() && !open.contains(each.change().topic()) ? each.stands() : each)
                            .toList();
                });
    }

    /** What is to be done; nothing to do is said, too, so that what stands can be counted. */
    private record Change(Kind kind, WebhookTopic topic, String id, String uri) {}

    private enum Kind {
        STANDS,
        MAKE,
        CORRECT,
        DELETE
    }

    /** @param failure null where it was done */
    private record Outcome(Change change, ConnectorException failure) {

        boolean refused() {
            return failure instanceof ConnectorException.Rejected;
        }

        Outcome stands() {
            return new Outcome(new Change(Kind.STANDS, change.topic(), change.id(), change.uri()), null);
        }
    }

    private static List<Change> changes(List<Wire.Subscription> all, String uri) {
        List<Change> changes = new ArrayList<>();
        Set<WebhookTopic> missing = EnumSet.allOf(WebhookTopic.class);
        for (var topic : WebhookTopic.values()) {
            for (var each : ours(all, topic, uri)) {
                boolean right = uri.equals(each.uri()) && Set.copyOf(topic.fields()).equals(fields(each));
                Kind kind = !missing.remove(topic) ? Kind.DELETE : right ? Kind.STANDS : Kind.CORRECT;
                changes.add(new Change(kind, topic, each.id(), uri));
            }
        }
        missing.forEach(topic -> changes.add(new Change(Kind.MAKE, topic, null, uri)));
        return changes;
    }

    private static List<Wire.Subscription> ours(List<Wire.Subscription> all, WebhookTopic topic, String uri) {
        return all.stream().filter(each -> topic.name().equals(each.topic()))
                .filter(each -> (each.uri() != null && each.uri().equals(uri)) || topic.subscriptionName().equals(each.name()))
                .toList();
    }

    private static Set<String> fields(Wire.Subscription subscription) {
        return subscription.includeFields() == null ? Set.of() : Set.copyOf(subscription.includeFields());
    }

    private Uni<List<Wire.Subscription>> standing(ShopConnection shop) {
        var operation = ShopifyOperation.WEBHOOK_SUBSCRIPTIONS;
        return Multi.createBy().repeating().uni(() -> new String[1], after -> {
            var variables = new HashMap<String, Object>();
            variables.put("first", PAGE);
            variables.put("after", after[0]);
            return calls.call(shop, operation, variables, Priority.CATALOGUE)
                    .map(answer -> answer.as(Wire.Subscriptions.class, operation).webhookSubscriptions())
                    .invoke(page -> {
                        if (page == null || page.nodes() == null || page.pageInfo() == null) {
                            throw ShopifyFailures.invalid(operation);
                        }
                        after[0] = page.pageInfo().endCursor();
                    });
        }).whilst(page -> page.pageInfo().hasNextPage() && page.pageInfo().endCursor() != null)
                .collect().in(ArrayList<Wire.Subscription>::new, (all, page) -> all.addAll(page.nodes())).map(List::copyOf);
    }

    /** One that is refused, for a scope that is missing, keeps no other from being made. */
    private Uni<Outcome> make(ShopConnection shop, Change change) {
        Uni<Void> made = switch (change.kind()) {
            case STANDS -> Uni.createFrom().voidItem();
            case MAKE -> change(shop, ShopifyOperation.WEBHOOK_SUBSCRIPTION_CREATE,
                    Map.of("topic", change.topic().name(), "webhookSubscription", input(change)));
            case CORRECT -> change(shop, ShopifyOperation.WEBHOOK_SUBSCRIPTION_UPDATE,
                    Map.of("id", change.id(), "webhookSubscription", input(change)));
            case DELETE -> change(shop, ShopifyOperation.WEBHOOK_SUBSCRIPTION_DELETE, Map.of("id", change.id()));
        };
        return made.replaceWith(new Outcome(change, null))
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> new Outcome(change, failure));
    }

    private Uni<Void> change(ShopConnection shop, ShopifyOperation operation, Map<String, Object> variables) {
        return calls.call(shop, operation, variables, Priority.CATALOGUE)
                .map(answer -> answer.as(Wire.SubscriptionChanged.class, operation).payload())
                .map(payload -> {
                    if (payload == null) {
                        throw ShopifyFailures.invalid(operation);
                    }
                    var refused = ShopifyFailures.judge(payload.userErrors(), operation);
                    if (refused != null) {
                        throw refused;
                    }
                    return null;
                });
    }

    private static Map<String, Object> input(Change change) {
        return Map.of("uri", change.uri(), "format", "JSON", "includeFields", change.topic().fields(), "name",
                change.topic().subscriptionName());
    }

    private static Subscriptions summary(List<Outcome> outcomes) {
        var failed = outcomes.stream().filter(outcome -> outcome.failure() != null).toList();
        // Where nothing at all goes through the connection, that is the news.
        failed.stream().map(Outcome::failure).filter(ConnectorException.Throttled.class::isInstance).findFirst()
                .ifPresent(failure -> {
                    throw failure;
                });
        var problem = failed.isEmpty()
                ? null
                : failed.size() + " of " + WebhookTopic.values().length + " subscriptions could not be made; "
                        + failed.get(0).change().topic() + ": " + failed.get(0).failure().getMessage();
        return new Subscriptions(
                count(outcomes, Kind.STANDS) + count(outcomes, Kind.MAKE) + count(outcomes, Kind.CORRECT),
                count(outcomes, Kind.MAKE), count(outcomes, Kind.CORRECT) + count(outcomes, Kind.DELETE), problem);
    }

    private static int count(List<Outcome> outcomes, Kind kind) {
        return (int) outcomes.stream().filter(outcome -> outcome.failure() == null && outcome.change().kind() == kind).count();
    }
}
