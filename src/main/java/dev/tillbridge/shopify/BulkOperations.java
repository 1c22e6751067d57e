package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;

/**
 * Runs a bulk query to its end (shopify.dev/docs/api/usage/bulk-operations/queries): starts it, waits where too many are
 * under way, looks at it in growing gaps, cancels it where nobody waits any more.
 */
@Singleton
class BulkOperations {

    private static final Logger LOG = Logger.getLogger(BulkOperations.class);
    private static final Set<String> UNDER_WAY = Set.of("CREATED", "RUNNING");
    private static final Set<String> BUSY = Set.of("operation-in-progress", "limit-reached");

    private final ShopifyCalls calls;
    private final ShopifyConfig config;

    BulkOperations(ShopifyCalls calls, ShopifyConfig config) {
        this.calls = calls;
        this.config = config;
    }

    /** Starts the query as soon as Shopify lets it in. */
    Uni<Wire.BulkOperation> start(ShopConnection shop, String query, Executor caller) {
        var gap = new Gap();
        return Uni.createFrom().deferred(() -> gap.pause(gap.looks > 0, caller).chain(() -> run(shop, query)))
                .onFailure(BulkOperations::busy).retry().until(failure -> gap.inTime())
                .onFailure(BulkOperations::busy).transform(failure -> BulkDownload.incomplete(
                        "Other bulk operations of this app keep the shop busy; it is tried again later", failure));
    }

    /** Waits until it has ended; completes with one that is COMPLETED, fails with any other. */
    Uni<Wire.BulkOperation> finished(ShopConnection shop, String id, Executor caller) {
        var gap = new Gap();
        return Uni.createFrom().deferred(() -> gap.pause(true, caller).chain(() -> status(shop, id)))
                .repeat().whilst(operation -> underWay(operation) && gap.inTime())
                .collect().last()
                .map(BulkOperations::completed);
    }

    /** Gives up an operation nobody waits for. That it fails changes nothing: the operation then runs out by itself. */
    Uni<Void> cancel(ShopConnection shop, String id) {
        return calls.call(shop, ShopifyOperation.BULK_CANCEL, Map.of("id", id), Priority.CATALOGUE)
                .onFailure().invoke(failure -> LOG.warnf("The bulk operation %s of %s could not be cancelled: %s", id,
                        shop.shopDomain(), failure.getMessage()))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private Uni<Wire.BulkOperation> run(ShopConnection shop, String query) {
        return calls.call(shop, ShopifyOperation.BULK_RUN, Map.of("query", query), Priority.CATALOGUE).map(answer -> {
            var payload = answer.as(Wire.BulkStarted.class, ShopifyOperation.BULK_RUN).bulkOperationRunQuery();
            var refused = ShopifyFailures.judge(payload == null ? List.of() : payload.userErrors(), ShopifyOperation.BULK_RUN);
            if (refused != null) {
                throw refused;
            }
            if (payload == null || payload.bulkOperation() == null || payload.bulkOperation().createdAt() == null) {
                throw ShopifyFailures.invalid(ShopifyOperation.BULK_RUN);
            }
            return payload.bulkOperation();
        });
    }

    private Uni<Wire.BulkOperation> status(ShopConnection shop, String id) {
        return calls.call(shop, ShopifyOperation.BULK_STATUS, Map.of("id", id), Priority.CATALOGUE).map(answer -> {
            var operation = answer.as(Wire.BulkStatus.class, ShopifyOperation.BULK_STATUS).bulkOperation();
            if (operation == null || operation.status() == null) {
                throw BulkDownload.incomplete("Shopify no longer knows the bulk operation", null);
            }
            return operation;
        });
    }

    private static Wire.BulkOperation completed(Wire.BulkOperation operation) {
        if ("COMPLETED".equals(operation.status())) {
            return operation;
        }
        if (underWay(operation)) {
            throw BulkDownload.incomplete("The bulk operation did not finish in time", null);
        }
        if ("ACCESS_DENIED".equals(operation.errorCode())) {
            throw new ConnectorException.Unauthorized(
                    "The app may not read the whole catalogue: it needs read_products, read_inventory and read_locations");
        }
        throw BulkDownload.incomplete("The bulk operation ended as " + operation.status()
                + (operation.errorCode() == null ? "" : " with " + operation.errorCode()), null);
    }

    private static boolean underWay(Wire.BulkOperation operation) {
        return UNDER_WAY.contains(operation.status());
    }

    private static boolean busy(Throwable failure) {
        return failure instanceof ConnectorException known && BUSY.contains(known.code());
    }

    /** The gaps between looks, and how long there have been looks at all. */
    private final class Gap {
        private final long since = System.nanoTime();
        private Duration next = config.bulk().pollInterval();
        private int looks;

        Uni<Void> pause(boolean needed, Executor caller) {
            looks++;
            if (!needed) {
                return Uni.createFrom().voidItem();
            }
            var gap = next;
            var longer = gap.multipliedBy(3).dividedBy(2);
            next = longer.compareTo(config.bulk().longestPollInterval()) > 0 ? config.bulk().longestPollInterval() : longer;
            return Uni.createFrom().voidItem().onItem().delayIt().by(gap).emitOn(caller);
        }

        boolean inTime() {
            return System.nanoTime() - since < config.bulk().timeout().toNanos();
        }
    }
}
