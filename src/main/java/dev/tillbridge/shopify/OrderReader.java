package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;

/** Finds orders by their identity and reads them by id. */
@Singleton
class OrderReader {

    /** Orders of one identity looked for; more than a handful means that the search was not understood. */
    private static final int MOST_FOUND = 50;
    /** With variant and properties of each line 300 points even at one point per object. */
    private static final int LINES = 100;
    private static final Comparator<FoundOrder> OLDEST_FIRST = Comparator.comparing(FoundOrder::createdAt)
            .thenComparing(order -> order.id().length()).thenComparing(FoundOrder::id);

    private final ShopifyCalls calls;

    OrderReader(ShopifyCalls calls) {
        this.calls = calls;
    }

    Uni<List<FoundOrder>> find(ShopConnection shop, String identity) {
        return Uni.createFrom().deferred(() -> {
            var wanted = new OrderIdentity(identity);
            return calls.call(shop, ShopifyOperation.ORDERS_BY_IDENTITY,
                    Map.of("identifier", wanted.customId(), "query", wanted.search(), "first", MOST_FOUND, "namespace",
                            ShopifyProfiles.ORDER_ID.namespace(), "key", ShopifyProfiles.ORDER_ID.key()),
                    Priority.SALES)
                    .map(answer -> found(answer, wanted))
                    // Only the look-up by custom id can miss something: its definition.
                    .onFailure(failure -> ConnectorException.rejectedAs(failure, "not-found"))
                    .transform(failure -> new ConnectorException.Rejected("definition-missing", 200,
                            "The shop no longer has the metafield definition " + ShopifyProfiles.ORDER_ID.name()
                                    + ", by which orders of till sales are found"));
        });
    }

    Multi<List<FoundOrder>> createdSince(ShopConnection shop, Instant since) {
        return created(shop, since, ShopifyOperation.ORDERS_CREATED_SINCE, Map.of(), Priority.SALES)
                .map(orders -> orders.stream().filter(order -> order.sourceIdentifier() != null
                        && !order.sourceIdentifier().isEmpty())
                        .map(order -> OrderMapper.found(order, order.sourceIdentifier())).toList());
    }

    /** Behind everything else: nobody waits for it. */
    Multi<List<StoreOrderTotals>> totalsSince(ShopConnection shop, Instant since) {
        var mark = Map.<String, Object>of("namespace", ShopifyProfiles.ORDER_ID.namespace(), "key",
                ShopifyProfiles.ORDER_ID.key());
        return created(shop, since, ShopifyOperation.ORDER_TOTALS_SINCE, mark, Priority.CATALOGUE)
                .map(orders -> orders.stream().map(OrderMapper::totals).filter(Objects::nonNull).toList());
    }

    /** Pages deeper than Shopify goes start anew at the last order's second; what was seen of it is left out. */
    private Multi<List<OrderWire.ShopOrder>> created(ShopConnection shop, Instant since, ShopifyOperation operation,
            Map<String, Object> more, Priority priority) {
        return Multi.createFrom().deferred(() -> {
            var cursor = new PageCursor(PageCursor.since("created_at", since));
            var latest = new Latest();
            return Multi.createBy().repeating().uni(() -> cursor, state -> {
                var variables = state.variables();
                variables.putAll(more);
                return calls.call(shop, operation, variables, priority)
                        .map(answer -> created(answer, state, latest, operation));
            }).whilst(page -> cursor.more());
        });
    }

    /** Null where the order is gone or too old to be seen. */
    Uni<StoreOrder> order(ShopConnection shop, String orderId) {
        return Uni.createFrom().deferred(() -> {
            var id = Gid.of("Order", orderId);
            return order(shop, id, null, List.of())
                    .onFailure(failure -> ConnectorException.rejectedAs(failure, "order-too-old"))
                    .recoverWithNull();
        });
    }

    private Uni<StoreOrder> order(ShopConnection shop, String id, String after, List<OrderWire.LineItem> before) {
        var variables = new HashMap<String, Object>();
        variables.put("id", id);
        variables.put("first", LINES);
        variables.put("after", after);
        return calls.call(shop, ShopifyOperation.ORDER_BY_ID, variables, Priority.SALES).chain(answer -> {
            var order = answer.as(OrderWire.OrderById.class, ShopifyOperation.ORDER_BY_ID).order();
            if (order == null) {
                return Uni.createFrom().nullItem();
            }
            var page = order.lineItems();
            if (page == null || page.nodes() == null || page.pageInfo() == null || order.transactions() == null
                    || order.fulfillments() == null) {
                throw ShopifyFailures.invalid(ShopifyOperation.ORDER_BY_ID);
            }
            var lines = new ArrayList<>(before);
            lines.addAll(page.nodes());
            if (!page.pageInfo().hasNextPage()) {
                return Uni.createFrom().item(OrderMapper.order(order, lines));
            }
            var next = page.pageInfo().endCursor();
            if (next == null || next.equals(after) || page.nodes().isEmpty()) {
                throw ShopifyFailures.invalid(ShopifyOperation.ORDER_BY_ID);
            }
            return order(shop, id, next, lines);
        });
    }

    private static List<FoundOrder> found(GraphqlAnswer answer, OrderIdentity wanted) {
        var found = answer.as(OrderWire.OrdersByIdentity.class, ShopifyOperation.ORDERS_BY_IDENTITY);
        var page = checked(found.bySource(), ShopifyOperation.ORDERS_BY_IDENTITY);
        if (page.pageInfo().hasNextPage()) {
            throw new ConnectorException.Rejected("search-too-wide", 200, "Shopify finds more than " + MOST_FOUND
                    + " orders of one source identifier: the one that is looked for may not be among them");
        }
        Map<String, FoundOrder> byId = new LinkedHashMap<>();
        var all = new ArrayList<>(page.nodes());
        if (found.byCustomId() != null) {
            all.add(found.byCustomId());
        }
        all.stream().filter(wanted::isOf).map(order -> OrderMapper.found(order, wanted.value()))
                .forEach(order -> byId.put(order.id(), order));
        return byId.values().stream().sorted(OLDEST_FIRST).toList();
    }

    private static List<OrderWire.ShopOrder> created(GraphqlAnswer answer, PageCursor cursor, Latest latest,
            ShopifyOperation operation) {
        var page = checked(answer.as(OrderWire.OrdersPage.class, operation).orders(), operation);
        var orders = page.nodes().stream().filter(latest::isNew).toList();
        cursor.advance(page.pageInfo(), page.nodes().size(), operation);
        if (cursor.tooDeep()) {
            latest.restart(cursor);
        }
        return orders;
    }

    private static OrderWire.OrderConnection checked(OrderWire.OrderConnection page, ShopifyOperation operation) {
        if (page == null || page.nodes() == null || page.pageInfo() == null
                || page.nodes().stream().anyMatch(order -> order == null || order.createdAt() == null)) {
            throw ShopifyFailures.invalid(operation);
        }
        return page;
    }

    /** The newest second that orders were read of, and which they were. */
    private static final class Latest {
        private final Set<String> ids = new HashSet<>();
        private Instant second = Instant.MIN;
        private Instant restartedAt;

        boolean isNew(OrderWire.ShopOrder order) {
            if (order.createdAt().isAfter(second)) {
                second = order.createdAt();
                ids.clear();
            }
            return !order.createdAt().equals(second) || ids.add(order.id());
        }

        void restart(PageCursor cursor) {
            if (second.equals(restartedAt)) {
                throw new ConnectorException.Rejected("too-many-changes", 200,
                        "More orders were made in one second than Shopify pages through");
            }
            restartedAt = second;
            cursor.restart(PageCursor.since("created_at", second));
        }
    }
}
