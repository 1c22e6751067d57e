package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.Variant;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ProductPage;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StoreProducts;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.platform.DatabaseClock;

/** Reads products themselves: those that changed, and the collections of a few. */
@Singleton
class ShopifyProducts {

    private final ShopifyCalls calls;
    private final GraphqlDocuments documents;
    private final DatabaseClock clock;

    ShopifyProducts(ShopifyCalls calls, GraphqlDocuments documents, DatabaseClock clock) {
        this.calls = calls;
        this.documents = documents;
        this.clock = clock;
    }

    /** By ascending id, so that a read deeper than Shopify's pages can go on behind the last one. */
    Multi<ProductPage> since(ShopConnection shop, Instant since) {
        return Multi.createFrom().deferred(() -> {
            var changed = PageCursor.since("updated_at", since);
            var cursor = new PageCursor(changed);
            return Multi.createBy().repeating().uni(() -> cursor, state -> page(shop, changed, state))
                    .whilst(page -> cursor.more());
        });
    }

    private Uni<ProductPage> page(ShopConnection shop, String changed, PageCursor cursor) {
        var operation = ShopifyOperation.PRODUCTS_SINCE;
        return clock.now().chain(asOf -> calls.call(shop,
                new ShopifyCalls.Call(operation, documents.text(operation), cursor.variables(), Priority.CATALOGUE, 1))
                .map(answer -> {
                    var page = answer.as(Wire.ProductsPage.class, operation).products();
                    if (page == null || page.nodes() == null || page.pageInfo() == null) {
                        throw ShopifyFailures.invalid(operation);
                    }
                    List<ChangedProduct> products = page.nodes().stream().map(CatalogMapper::product)
                            .filter(Objects::nonNull).toList();
                    cursor.advance(page.pageInfo(), page.nodes().size(), operation);
                    if (cursor.tooDeep() && !products.isEmpty()) {
                        cursor.restart(changed + " AND id:>" + products.get(products.size() - 1).id());
                    }
                    return new ProductPage(products, asOf);
                }))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "max-cost-exceeded") && cursor.shrink())
                .recoverWithUni(() -> page(shop, changed, cursor));
    }

    Uni<Map<String, String>> firstCollections(ShopConnection shop, Collection<String> productIds) {
        if (productIds.size() > StoreProducts.PRODUCTS) {
            return Uni.createFrom().failure(new IllegalArgumentException("At most " + StoreProducts.PRODUCTS + " at once"));
        }
        if (productIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var operation = ShopifyOperation.PRODUCT_COLLECTIONS;
        Map<String, Object> ids = Map.of("ids", productIds.stream().map(id -> Gid.of("Product", id)).toList());
        return Uni.createFrom().deferred(() -> calls.call(shop, new ShopifyCalls.Call(operation, documents.text(operation), ids,
                Priority.CATALOGUE, productIds.size()))).map(answer -> {
                    var nodes = answer.as(Wire.Collections.class, operation).nodes();
                    if (nodes == null) {
                        throw ShopifyFailures.invalid(operation);
                    }
                    Map<String, String> first = new HashMap<>();
                    for (var node : nodes) {
                        if (node != null && node.id() != null && node.collections() != null
                                && !node.collections().nodes().isEmpty()) {
                            first.put(Gid.number("Product", node.id()), node.collections().nodes().get(0).title());
                        }
                    }
                    return first;
                });
    }

    /** Whole: a page that cannot be had fails the read. Its time is that before the first page. */
    Uni<CatalogPage> product(ShopConnection shop, String productId, Set<String> names) {
        var operation = ShopifyOperation.PRODUCT_VARIANTS;
        return clock.now().chain(asOf -> {
            var metafields = MetafieldKey.of(names);
            var mapper = new CatalogMapper(metafields);
            var text = documents.text(operation, metafields);
            var cursor = new PageCursor(null);
            List<UnusableRow> unusable = new ArrayList<>();
            return Multi.createBy().repeating().uni(() -> cursor, state -> productPage(shop, productId, text, state))
                    .whilst(page -> cursor.more())
                    .collect().in(ArrayList<Variant>::new, (variants, page) -> page
                            .forEach(node -> mapper.variant(node, unusable).ifPresent(variants::add)))
                    .map(variants -> new CatalogPage(List.copyOf(variants), List.of(), asOf, null, -1,
                            CatalogMapper.warned(unusable)));
        });
    }

    private Uni<List<JsonNode>> productPage(ShopConnection shop, String productId, String text, PageCursor cursor) {
        var operation = ShopifyOperation.PRODUCT_VARIANTS;
        var variables = cursor.variables();
        variables.remove("query");
        variables.put("id", Gid.of("Product", productId));
        return calls.call(shop, new ShopifyCalls.Call(operation, text, variables, Priority.CATALOGUE, 1)).map(answer -> {
            var product = answer.as(Wire.ProductVariants.class, operation).product();
            if (product == null && !cursor.begun()) {
                return List.<JsonNode>of();
            }
            // Deleted between two of its pages: the next read finds none.
            if (product == null || product.variants() == null || product.variants().nodes() == null
                    || product.variants().pageInfo() == null) {
                throw ShopifyFailures.invalid(operation);
            }
            cursor.advance(product.variants().pageInfo(), product.variants().nodes().size(), operation);
            return product.variants().nodes();
        }).onFailure(failure -> ConnectorException.rejectedAs(failure, "max-cost-exceeded") && cursor.shrink())
                .recoverWithUni(() -> productPage(shop, productId, text, cursor));
    }
}
