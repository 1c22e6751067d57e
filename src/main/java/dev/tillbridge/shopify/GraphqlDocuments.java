package dev.tillbridge.shopify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

/** The GraphQL documents, read from the class path once. */
@Singleton
class GraphqlDocuments {

    /** A comment, so that the file is a valid document without any metafield. */
    private static final String METAFIELDS = "# metafields";

    private final Map<ShopifyOperation, String> texts = new EnumMap<>(ShopifyOperation.class);

    GraphqlDocuments() {
        for (var operation : ShopifyOperation.values()) {
            texts.put(operation, load("/graphql/" + operation.document() + ".graphql"));
        }
    }

    String text(ShopifyOperation operation) {
        return texts.get(operation);
    }

    /** The document with a metafield selected under each alias: one point each, where a connection of them would cost many. */
    String text(ShopifyOperation operation, List<MetafieldKey> metafields) {
        var selections = new StringBuilder();
        for (int i = 0; i < metafields.size(); i++) {
            var metafield = metafields.get(i);
            selections.append(MetafieldKey.alias(i)).append(": metafield(namespace: \"").append(metafield.namespace())
                    .append("\", key: \"").append(metafield.key()).append("\") { value } ");
        }
        return text(operation).replace(METAFIELDS, selections);
    }

    private static String load(String path) {
        try (var in = GraphqlDocuments.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The document " + path + " is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
