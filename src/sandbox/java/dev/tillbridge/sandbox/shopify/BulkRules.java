package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;

/**
 * What a bulk query must be (rec: 2026-04 validators, texts verbatim; doc: api/usage/bulk-operations/queries): one query of 1 to
 * 5 connections, nested at most two levels, read through edges and node, every parent with its id, none inside a list, no
 * top-level node.
 */
final class BulkRules {

    private static final int MOST_CONNECTIONS = 5;
    private static final int DEEPEST = 2;

    private final GraphQLSchema schema;
    private final Selections selections;
    private final Set<String> notByEdges = new LinkedHashSet<>();
    private final Set<String> withoutId = new LinkedHashSet<>();
    private boolean topNode;
    private boolean inList;
    private int connections;
    private int depth;

    private BulkRules(GraphQLSchema schema, Document document) {
        this.schema = schema;
        this.selections = new Selections(schema, document);
    }

    /** What is wrong with the query; empty if it may run. */
    static List<String> broken(GraphQLSchema schema, PreparsedDocumentEntry entry, String query) {
        if (query.isBlank()) {
            return List.of("Invalid bulk query: syntax error, unexpected end of file");
        }
        if (entry.hasErrors()) {
            return List.of("Invalid bulk query: " + GraphqlErrors.invalid(entry.getErrors()).get(0).get("message"));
        }
        OperationDefinition operation = entry.getDocument().getDefinitionsOfType(OperationDefinition.class).get(0);
        if (operation.getOperation() != OperationDefinition.Operation.QUERY) {
            return List.of("Invalid operation type. Only `query` operations are supported.");
        }
        return new BulkRules(schema, entry.getDocument()).check(operation);
    }

    private List<String> check(OperationDefinition operation) {
        for (Selections.Chosen each : selections.of(operation.getSelectionSet(), schema.getQueryType())) {
            String name = each.field().getName();
            topNode |= name.equals("node") || name.equals("nodes");
            visit(each, 0, null, false);
        }
        List<String> broken = new ArrayList<>();
        if (topNode) {
            broken.add("Bulk queries cannot contain a top level `node` field.");
        }
        if (connections == 0) {
            broken.add("Bulk queries must contain at least one connection.");
        }
        if (connections > MOST_CONNECTIONS) {
            broken.add("Bulk queries cannot contain more than 5 connections.");
        }
        if (depth > DEEPEST) {
            broken.add("Bulk queries cannot contain connections with a nesting depth greater than 2.");
        }
        if (!notByEdges.isEmpty()) {
            String first = notByEdges.iterator().next();
            broken.add("All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: '" + first
                    + " { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: '"
                    + String.join("', '", notByEdges) + "'.");
        }
        if (!withoutId.isEmpty()) {
            broken.add("The parent 'node' field for a nested connection must select the 'id' field without an alias and must be"
                    + " of 'ID' return type. Connection fields without 'id': " + String.join(", ", withoutId) + ".");
        }
        if (inList) {
            broken.add("Queries that contain a connection field within a list field are not currently supported.");
        }
        return broken;
    }

    /** @param outer the connection field around; null at the top */
    private void visit(Selections.Chosen chosen, int level, Outer outer, boolean list) {
        GraphQLFieldDefinition definition = chosen.definition();
        GraphQLType type = GraphQLTypeUtil.unwrapAll(definition.getType());
        if (!(type instanceof GraphQLFieldsContainer container)) {
            return;
        }
        Field field = chosen.field();
        if (!((GraphQLNamedType) type).getName().endsWith("Connection")) {
            boolean many = list || GraphQLTypeUtil.unwrapNonNull(definition.getType()) instanceof GraphQLList;
            selections.of(field.getSelectionSet(), container).forEach(each -> visit(each, level, outer, many));
            return;
        }
        connections++;
        depth = Math.max(depth, level);
        inList |= list;
        if (outer != null && !outer.hasId) {
            withoutId.add(outer.name);
        }
        boolean byEdges = false;
        for (Selections.Chosen part : selections.of(field.getSelectionSet(), container)) {
            GraphQLFieldsContainer inner = part.container();
            if (part.field().getName().equals("edges")) {
                for (Selections.Chosen node : selections.of(part.field().getSelectionSet(), inner)) {
                    if (node.field().getName().equals("node")) {
                        byEdges = true;
                        node(node, field.getName(), level);
                    }
                }
            } else if (part.field().getName().equals("nodes")) {
                node(part, field.getName(), level);
                byEdges = false;
                break;
            }
        }
        if (!byEdges) {
            notByEdges.add(field.getName());
        }
    }

    private void node(Selections.Chosen node, String connection, int level) {
        List<Selections.Chosen> inside = selections.of(node.field().getSelectionSet(), node.container());
        boolean hasId = inside.stream().map(Selections.Chosen::field)
                .anyMatch(each -> each.getName().equals("id") && each.getAlias() == null);
        inside.forEach(each -> visit(each, level + 1, new Outer(connection, hasId), false));
    }

    private record Outer(String name, boolean hasId) {}
}
