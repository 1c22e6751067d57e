package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;

/** Parsed and validated documents, the latest few hundred kept: clients send the same ones again and again. */
final class Documents {

    private static final int KEPT = 500;

    private final GraphQLSchema schema;
    private final Map<String, PreparsedDocumentEntry> entries = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparsedDocumentEntry> eldest) {
            return size() > KEPT;
        }
    };

    Documents(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** The document or what is wrong with it. */
    PreparsedDocumentEntry get(String query) {
        PreparsedDocumentEntry known = entries.get(query);
        if (known == null) {
            ParseAndValidateResult result = ParseAndValidate.parseAndValidate(schema,
                    ExecutionInput.newExecutionInput(query).build());
            known = result.isFailure()
                    ? new PreparsedDocumentEntry(result.getErrors())
                    : new PreparsedDocumentEntry(result.getDocument());
            entries.put(query, known);
        }
        return known;
    }

    /** The operation a request means; empty if it cannot be told. */
    Optional<OperationDefinition> operation(String query, String name) {
        PreparsedDocumentEntry entry = get(query);
        if (entry.hasErrors()) {
            return Optional.empty();
        }
        return entry.getDocument().getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(each -> name == null || name.equals(each.getName())).findFirst();
    }
}
