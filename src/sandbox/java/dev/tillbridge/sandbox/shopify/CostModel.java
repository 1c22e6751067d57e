package dev.tillbridge.sandbox.shopify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;

/**
 * The calculated cost of an operation, fitted to recordings (facts section 5): scalar and enum 0, object 1, connection
 * {@code 2 + f(n) · (1 + child)}, mutation 10 with the objects directly in its payload free, money and addresses 0, an interface
 * the dearest of its fragments. The actual cost counts what came back. {@code nodes(ids:)} is not recorded; it is charged per id,
 * which is the careful guess.
 */
final class CostModel {

    private static final int[] SIZES = { 1, 2, 4, 10, 20, 50, 100, 250};
    private static final int[] FACTORS = { 1, 2, 3, 4, 5, 7, 9, 11};
    private static final Set<String> FREE = Set.of("MoneyBag", "MoneyV2", "MailingAddress", "PageInfo");

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Object> variables;

    CostModel(GraphQLSchema schema, Document document, Map<String, Object> variables) {
        this.schema = schema;
        this.variables = variables;
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(each -> fragments.put(each.getName(), each));
    }

    int requested(OperationDefinition operation) {
        return cost(operation, null);
    }

    /** @param data what was answered; a missing part costs nothing */
    int actual(OperationDefinition operation, Map<?, ?> data) {
        return cost(operation, data == null ? Map.of() : data);
    }

    private int cost(OperationDefinition operation, Map<?, ?> data) {
        boolean mutation = operation.getOperation() == OperationDefinition.Operation.MUTATION;
        GraphQLFieldsContainer root = mutation ? schema.getMutationType() : schema.getQueryType();
        double sum = 0;
        for (Selection<?> each : operation.getSelectionSet().getSelections()) {
            sum += selection(each, root, data, mutation ? 2 : 0);
        }
        return (int) Math.ceil(sum);
    }

    /** The number of rows a connection is charged for, made smaller; steps as recorded, straight lines between. */
    static double factor(int rows) {
        if (rows <= 0) {
            return 0;
        }
        for (int i = SIZES.length - 1; i >= 0; i--) {
            if (rows >= SIZES[i]) {
                boolean step = rows < 10 || i == SIZES.length - 1;
                return step
                        ? FACTORS[i]
                        : Math.round(FACTORS[i]
                                + (FACTORS[i + 1] - FACTORS[i]) * (rows - SIZES[i]) / (double) (SIZES[i + 1] - SIZES[i]));
            }
        }
        return 1;
    }

    /** @param level 2 for a mutation, 1 for what stands directly in its payload, 0 for everything else */
    private double selection(Selection<?> selection, GraphQLFieldsContainer parent, Object data, int level) {
        if (selection instanceof Field field) {
            return field(field, parent, data, level);
        }
        if (selection instanceof InlineFragment fragment) {
            GraphQLFieldsContainer type = fragment.getTypeCondition() == null
                    ? parent
                    : (GraphQLFieldsContainer) schema.getType(fragment.getTypeCondition().getName());
            return children(fragment.getSelectionSet(), type, data, level);
        }
        FragmentDefinition spread = fragments.get(((FragmentSpread) selection).getName());
        return children(spread.getSelectionSet(),
                (GraphQLFieldsContainer) schema.getType(spread.getTypeCondition().getName()), data, level);
    }

    private double children(SelectionSet set, GraphQLFieldsContainer type, Object data, int level) {
        double sum = 0;
        double dearest = 0;
        for (Selection<?> each : set.getSelections()) {
            double cost = selection(each, type, data, level);
            if (type instanceof GraphQLInterfaceType && !(each instanceof Field)) {
                dearest = Math.max(dearest, cost);
            } else {
                sum += cost;
            }
        }
        return sum + dearest;
    }

    private double field(Field field, GraphQLFieldsContainer parent, Object data, int level) {
        GraphQLFieldDefinition definition = parent.getFieldDefinition(field.getName());
        if (definition == null) {
            return 0;
        }
        GraphQLType type = GraphQLTypeUtil.unwrapAll(definition.getType());
        Object value = data instanceof Map<?, ?> map ? map.get(field.getResultKey()) : null;
        if (!(type instanceof GraphQLFieldsContainer container)) {
            return 0;
        }
        if (level == 2) {
            return 10 + (data != null && value == null ? 0 : children(field.getSelectionSet(), container, value, 1));
        }
        String name = ((GraphQLNamedType) type).getName();
        if (FREE.contains(name) || (data != null && value == null) || name.endsWith("UserError")) {
            return 0;
        }
        if (name.endsWith("Connection")) {
            return connection(field, container, value, data != null);
        }
        double own = level == 1 ? 0 : 1;
        if (!(GraphQLTypeUtil.unwrapNonNull(definition.getType()) instanceof GraphQLList)) {
            return own + children(field.getSelectionSet(), container, value, 0);
        }
        return list(field, container, value, data != null, own);
    }

    private double list(Field field, GraphQLFieldsContainer type, Object value, boolean actual, double own) {
        boolean perId = field.getName().equals("nodes");
        if (!actual) {
            double one = own + children(field.getSelectionSet(), type, null, 0);
            return perId ? idCount(field) * one : one;
        }
        double sum = 0;
        double dearest = 0;
        for (Object each : (List<?>) value) {
            double one = each == null ? 0 : own + children(field.getSelectionSet(), type, each, 0);
            sum += one;
            dearest = Math.max(dearest, one);
        }
        return perId ? sum : dearest;
    }

    private double connection(Field field, GraphQLFieldsContainer type, Object value, boolean actual) {
        if (!actual) {
            double child = 0;
            for (Selection<?> each : field.getSelectionSet().getSelections()) {
                child += row((Field) each, type, null);
            }
            return 2 + factor(Math.max(size(field, "first"), size(field, "last"))) * (1 + child);
        }
        Map<?, ?> page = (Map<?, ?>) value;
        int count = 0;
        double sum = 0;
        for (Selection<?> each : field.getSelectionSet().getSelections()) {
            if (each instanceof Field part && page.get(part.getResultKey()) instanceof List<?> rows) {
                count = rows.size();
                for (Object row : rows) {
                    sum += row(part, type, row);
                }
            }
        }
        return count == 0 ? 2 : 2 + factor(count) * (1 + sum / count);
    }

    /** What is selected of one row, through {@code nodes} or {@code edges { node }}. */
    private double row(Field part, GraphQLFieldsContainer connection, Object row) {
        GraphQLFieldsContainer type = (GraphQLFieldsContainer) GraphQLTypeUtil
                .unwrapAll(connection.getFieldDefinition(part.getName()).getType());
        if (part.getName().equals("nodes")) {
            return children(part.getSelectionSet(), type, row, 0);
        }
        if (!part.getName().equals("edges")) {
            return 0;
        }
        double sum = 0;
        for (Selection<?> each : part.getSelectionSet().getSelections()) {
            if (each instanceof Field node && node.getName().equals("node")) {
                sum += children(node.getSelectionSet(),
                        (GraphQLFieldsContainer) GraphQLTypeUtil.unwrapAll(type.getFieldDefinition("node").getType()),
                        row instanceof Map<?, ?> edge ? edge.get(node.getResultKey()) : null, 0);
            }
        }
        return sum;
    }

    private int size(Field field, String argument) {
        return argument(field, argument) instanceof Number number ? number.intValue() : 0;
    }

    private int idCount(Field field) {
        Object ids = argument(field, "ids");
        return ids instanceof List<?> list ? list.size() : 1;
    }

    private Object argument(Field field, String name) {
        for (Argument each : field.getArguments()) {
            if (each.getName().equals(name)) {
                Value<?> value = each.getValue();
                if (value instanceof VariableReference variable) {
                    return variables.get(variable.getName());
                }
                return value instanceof IntValue number
                        ? (Object) number.getValue()
                        : value instanceof ArrayValue array ? array.getValues() : null;
            }
        }
        return null;
    }
}
