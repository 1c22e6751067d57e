package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Variant;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.platform.DatabaseClock;

/**
 * The whole catalogue by one bulk operation. It completes only if the operation did and the file holds as many lines as
 * the operation counted objects. No order of lines is relied on: a level names its item itself.
 */
@Singleton
class BulkCatalog {

    private final BulkOperations operations;
    private final BulkDownload download;
    private final GraphqlDocuments documents;
    private final DatabaseClock clock;
    private final ShopifyConfig config;

    BulkCatalog(BulkOperations operations, BulkDownload download, GraphqlDocuments documents, DatabaseClock clock,
            ShopifyConfig config) {
        this.operations = operations;
        this.download = download;
        this.documents = documents;
        this.clock = clock;
        this.config = config;
    }

    Multi<CatalogPage> read(ShopConnection shop, Set<String> names) {
        return Multi.createFrom().deferred(() -> {
            var metafields = MetafieldKey.of(names);
            var mapper = new CatalogMapper(metafields);
            var text = documents.text(ShopifyOperation.CATALOG_BULK, metafields);
            var caller = CallerContext.capture();
            var running = new Running(shop);
            return started(shop, text, caller, running)
                    .chain(start -> operations.finished(shop, start.id(), caller)
                            .invoke(running::ended)
                            .map(done -> new Result(start.asOf(), done)))
                    .onItem().transformToMulti(result -> pages(result, mapper))
                    // Lines arrive on the download's own thread; each page goes on where the caller runs.
                    .onItem().transformToUniAndConcatenate(page -> Uni.createFrom().item(page).emitOn(caller))
                    .onFailure().call(running::cancel)
                    .onCancellation().call(running::cancel);
        });
    }

    private Uni<Start> started(ShopConnection shop, String text, Executor caller, Running running) {
        return clock.now().chain(asOf -> operations.start(shop, text, caller)
                .invoke(running::began).map(operation -> new Start(operation.id(), asOf)));
    }

    private Multi<CatalogPage> pages(Result result, CatalogMapper mapper) {
        var operation = result.operation();
        if (operation.url() == null) {
            return operation.objectCount() == 0
                    ? Multi.createFrom().item(page(List.of(), mapper, result))
                    : Multi.createFrom().failure(BulkDownload.incomplete("The bulk operation has no result to download", null));
        }
        var count = new long[1];
        return download.lines(operation.url())
                .invoke(line -> count[0]++)
                .group().intoLists().of(config.bulk().pageSize())
                .map(lines -> page(lines, mapper, result))
                .onCompletion().call(() -> count[0] == operation.objectCount()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(BulkDownload.incomplete("The bulk operation counted "
                                + operation.objectCount() + " objects, but its file holds " + count[0], null)));
    }

    private static CatalogPage page(List<JsonNode> lines, CatalogMapper mapper, Result result) {
        List<Variant> variants = new ArrayList<>();
        List<Level> levels = new ArrayList<>();
        List<UnusableRow> unusable = new ArrayList<>();
        for (var line : lines) {
            switch (line.path("__typename").asText()) {
                case "ProductVariant" -> mapper.variant(line, unusable).ifPresent(variants::add);
                case "InventoryLevel" -> levels.add(mapper.level(line));
                default -> throw BulkDownload.incomplete("A line of a bulk operation's result is of no known type", null);
            }
        }
        return new CatalogPage(variants, levels, result.asOf(), result.operation().createdAt(),
                result.operation().objectCount(), CatalogMapper.warned(unusable));
    }

    private record Start(String id, Instant asOf) {}

    private record Result(Instant asOf, Wire.BulkOperation operation) {}

    /** The operation as long as Shopify works on it. */
    private final class Running {
        private final ShopConnection shop;
        private volatile String id;

        Running(ShopConnection shop) {
            this.shop = shop;
        }

        void began(Wire.BulkOperation operation) {
            id = operation.id();
        }

        void ended(Wire.BulkOperation operation) {
            if (operation.id().equals(id)) {
                id = null;
            }
        }

        Uni<Void> cancel() {
            var left = id;
            id = null;
            return left == null ? Uni.createFrom().voidItem() : operations.cancel(shop, left);
        }
    }
}
