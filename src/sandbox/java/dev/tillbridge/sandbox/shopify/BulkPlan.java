package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;

/**
 * A bulk query made ready to be read row by row: for each field how it is read and what is under it, so that no row looks at the
 * document again.
 *
 * @param key under which the value is written
 * @param entry how it is read; null for a map's value
 * @param children of an object, or of a connection's node; empty for a scalar
 * @param only the type it is selected for; null for every one
 */
record BulkPlan(String key, String field, FieldTable.Entry entry, Arguments arguments, Kind kind, List<BulkPlan> children,
        String typeName, String only) {

    enum Kind {
        TYPE_NAME,
        SCALAR,
        OBJECT,
        CONNECTION
    }

    static List<BulkPlan> of(GraphQLSchema schema, FieldTable table, Document document) {
        OperationDefinition operation = document.getDefinitionsOfType(OperationDefinition.class).get(0);
        Selections selections = new Selections(schema, document);
        return plans(selections, table, schema.getQueryType(),
                selections.of(operation.getSelectionSet(), schema.getQueryType()));
    }

    private static List<BulkPlan> plans(Selections selections, FieldTable table, GraphQLFieldsContainer parent,
            List<Selections.Chosen> chosen) {
        List<BulkPlan> plans = new ArrayList<>();
        for (Selections.Chosen each : chosen) {
            plans.add(plan(selections, table, parent, each));
        }
        return plans;
    }

    private static BulkPlan plan(Selections selections, FieldTable table, GraphQLFieldsContainer parent,
            Selections.Chosen chosen) {
        String key = chosen.field().getResultKey();
        String name = chosen.field().getName();
        if (name.equals("__typename")) {
            return new BulkPlan(key, name, null, Arguments.NONE, Kind.TYPE_NAME, List.of(), parent.getName(), chosen.only());
        }
        String owner = chosen.only() == null ? parent.getName() : chosen.only();
        FieldTable.Entry entry = table.entry(owner, name);
        Map<String, Object> arguments = ValuesResolver.getArgumentValues(chosen.definition().getArguments(),
                chosen.field().getArguments(), CoercedVariables.emptyVariables(), GraphQLContext.getDefault(), Locale.ROOT);
        GraphQLType type = GraphQLTypeUtil.unwrapAll(chosen.definition().getType());
        if (!(type instanceof GraphQLFieldsContainer container)) {
            return new BulkPlan(key, name, entry, new Arguments(arguments), Kind.SCALAR, List.of(), null, chosen.only());
        }
        String typeName = ((GraphQLNamedType) type).getName();
        if (!typeName.endsWith("Connection")) {
            return new BulkPlan(key, name, entry, new Arguments(arguments), Kind.OBJECT, plans(selections, table, container,
                    selections.of(chosen.field().getSelectionSet(), container)), typeName, chosen.only());
        }
        for (Selections.Chosen edges : selections.of(chosen.field().getSelectionSet(), container)) {
            if (edges.field().getName().equals("edges")) {
                for (Selections.Chosen node : selections.of(edges.field().getSelectionSet(), edges.container())) {
                    if (node.field().getName().equals("node")) {
                        return new BulkPlan(key, name, entry, new Arguments(arguments), Kind.CONNECTION,
                                plans(selections, table, node.container(),
                                        selections.of(node.field().getSelectionSet(), node.container())),
                                node.container().getName(), chosen.only());
                    }
                }
            }
        }
        throw new IllegalStateException("A connection without edges and node passed the rules: " + name);
    }

    /** The value of the field for an object. */
    Object read(Object source, Call call) {
        if (entry == null) {
            return source instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return entry.reader().read(source, arguments, call);
    }
}
