package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.catalog.Variant;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.platform.DatabaseClock;

/**
 * What changed since a time, page by page. By Shopify's published formula a page costs a few dozen points, and at one point
 * per object still less than the 1,000 a query may cost.
 */
@Singleton
class ShopifyPages {

    private final ShopifyCalls calls;
    private final GraphqlDocuments documents;
    private final DatabaseClock clock;

    ShopifyPages(ShopifyCalls calls, GraphqlDocuments documents, DatabaseClock clock) {
        this.calls = calls;
        this.documents = documents;
        this.clock = clock;
    }

    /** Variants by ascending id, so that a read deeper than Shopify's pages can go on behind the last one. */
    Multi<CatalogPage> variantsSince(ShopConnection shop, Instant since, Set<String> names) {
        return Multi.createFrom().deferred(() -> {
            var metafields = MetafieldKey.of(names);
            var text = documents.text(ShopifyOperation.VARIANTS_SINCE, metafields);
            var mapper = new CatalogMapper(metafields);
            var changed = PageCursor.since("updated_at", since);
            var cursor = new PageCursor(changed);
            return pages(cursor, () -> fetch(shop, ShopifyOperation.VARIANTS_SINCE, text, Priority.CATALOGUE, cursor, Map.of(),
                    answer -> variants(answer, mapper, cursor, changed)));
        });
    }

    Multi<CatalogPage> levelsSince(ShopConnection shop, String locationId, Instant since) {
        return Multi.createFrom().deferred(() -> {
            var text = documents.text(ShopifyOperation.LEVELS_SINCE);
            var cursor = new PageCursor(PageCursor.since("updated_at", since));
            var location = Gid.of("Location", locationId);
            return pages(cursor, () -> fetch(shop, ShopifyOperation.LEVELS_SINCE, text, Priority.STOCK, cursor,
                    Map.of("locationId", location), answer -> levels(answer, locationId, cursor)));
        });
    }

    private static Multi<CatalogPage> pages(PageCursor cursor, Supplier<Uni<CatalogPage>> fetch) {
        return Multi.createBy().repeating().uni(() -> cursor, state -> fetch.get()).whilst(page -> cursor.more());
    }

    private Uni<CatalogPage> fetch(ShopConnection shop, ShopifyOperation operation, String text, Priority priority,
            PageCursor cursor,
            Map<String, Object> variables, Function<GraphqlAnswer, Rows> read) {
        return clock.now().chain(asOf -> {
            var all = cursor.variables();
            all.putAll(variables);
            return calls.call(shop, new ShopifyCalls.Call(operation, text, all, priority, 1)).map(answer -> {
                var rows = read.apply(answer);
                return new CatalogPage(rows.variants, rows.levels, asOf, cursor.startedAt(answer), -1, rows.unusable);
            });
        }).onFailure(failure -> tooCostly(failure) && cursor.shrink())
                .recoverWithUni(() -> fetch(shop, operation, text, priority, cursor, variables, read));
    }

    private static boolean tooCostly(Throwable failure) {
        return ConnectorException.rejectedAs(failure, "max-cost-exceeded");
    }

    private static Rows variants(GraphqlAnswer answer, CatalogMapper mapper, PageCursor cursor,
            String changed) {
        var page = answer.as(Wire.VariantsPage.class, ShopifyOperation.VARIANTS_SINCE).productVariants();
        if (page == null || page.nodes() == null || page.pageInfo() == null) {
            throw ShopifyFailures.invalid(ShopifyOperation.VARIANTS_SINCE);
        }
        List<UnusableRow> unusable = new ArrayList<>();
        var variants = page.nodes().stream().flatMap(node -> mapper.variant(node, unusable).stream()).toList();
        cursor.advance(page.pageInfo(), page.nodes().size(), ShopifyOperation.VARIANTS_SINCE);
        // Past a page of unusable rows the same pages go on, as far as Shopify lets them.
        if (cursor.tooDeep() && !variants.isEmpty()) {
            cursor.restart(changed + " AND id:>" + variants.get(variants.size() - 1).id());
        }
        return new Rows(variants, List.of(), CatalogMapper.warned(unusable));
    }

    private static Rows levels(GraphqlAnswer answer, String locationId, PageCursor cursor) {
        var location = answer.as(Wire.LevelsPage.class, ShopifyOperation.LEVELS_SINCE).location();
        if (location == null) {
            throw new ConnectorException.Rejected("location-not-found", 200, "The shop has no location " + locationId);
        }
        var page = location.inventoryLevels();
        if (page == null || page.nodes() == null || page.pageInfo() == null) {
            throw ShopifyFailures.invalid(ShopifyOperation.LEVELS_SINCE);
        }
        var levels = page.nodes().stream().map(node -> new Level(
                Gid.number("InventoryItem", node.item() == null ? null : node.item().id()), locationId,
                CatalogMapper.available(node.quantities()))).toList();
        cursor.advance(page.pageInfo(), levels.size(), ShopifyOperation.LEVELS_SINCE);
        if (cursor.tooDeep()) {
            // Levels have no order of their own to go on by.
            throw new ConnectorException.Rejected("too-many-changes", 200,
                    "More levels changed than Shopify pages through: the whole catalogue has to be read");
        }
        return new Rows(List.of(), levels, List.of());
    }

    private record Rows(List<Variant> variants, List<Level> levels, List<UnusableRow> unusable) {}
}
