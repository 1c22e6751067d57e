package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.ResultPath;
import graphql.language.AstPrinter;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.language.VariableDefinition;

/** Top-level errors in Shopify's shapes; texts as recorded where there is a recording, else graphql-java's with a code. */
final class GraphqlErrors {

    private static final Logger LOG = Logger.getLogger(GraphqlErrors.class.getName());
    private static final Pattern UNDEFINED = Pattern.compile("Field '(\\w+)' in type '(\\w+)' is undefined");
    private static final Pattern NO_SELECTION = Pattern.compile("Subselection required for type '(\\w+)!?' of field '(\\w+)'");
    private static final Pattern UNKNOWN_INPUT = Pattern
            .compile("field name '(\\w+)' that is not defined for input object type '(\\w+)'");

    private GraphqlErrors() {}

    /** What a fetcher threw, with the place where it happened. */
    static GraphQLError thrown(Throwable thrown, SourceLocation location, ResultPath path) {
        Throwable cause = thrown instanceof java.util.concurrent.CompletionException ? thrown.getCause() : thrown;
        Map<String, Object> extensions;
        if (cause instanceof ShopifyError error) {
            extensions = error.extensions();
        } else {
            LOG.log(Level.SEVERE, "The sandbox failed at " + path, cause);
            extensions = Map.of("code", "INTERNAL_SERVER_ERROR", "requestId", "sandbox");
        }
        return GraphqlErrorBuilder.newError().message("%s", cause.getMessage()).location(location).path(path)
                .extensions(extensions).build();
    }

    /** Errors of a document that cannot be executed. */
    static List<Map<String, Object>> invalid(List<? extends GraphQLError> errors) {
        List<Map<String, Object>> shaped = new ArrayList<>();
        for (GraphQLError each : errors) {
            String message = each.getMessage();
            Matcher undefined = UNDEFINED.matcher(message);
            Matcher bare = NO_SELECTION.matcher(message);
            if (each.getErrorType() == ErrorType.InvalidSyntax) {
                shaped.add(shape(message, each, null, Map.of("code", "PARSE_ERROR")));
            } else if (undefined.find()) {
                shaped.add(shape(
                        "Field '" + undefined.group(1) + "' doesn't exist on type '" + undefined.group(2) + "'", each, null,
                        Map.of("code", "undefinedField", "typeName", undefined.group(2), "fieldName", undefined.group(1))));
            } else if (bare.find()) {
                shaped.add(shape("Field must have selections (field '" + bare.group(2) + "' returns " + bare.group(1)
                        + " but has no selections. Did you mean '" + bare.group(2) + " { ... }'?)", each, null,
                        Map.of("code", "selectionMismatch", "nodeName", "field '" + bare.group(2) + "'", "typeName",
                                bare.group(1))));
            } else {
                shaped.add(shape(message, each, null, Map.of("code", "argumentLiteralsIncompatible")));
            }
        }
        return shaped;
    }

    /** Errors of an execution: variables that do not fit, and what fetchers threw. */
    static List<Map<String, Object>> executed(List<GraphQLError> errors, OperationDefinition operation,
            Map<String, Object> variables) {
        List<Map<String, Object>> shaped = new ArrayList<>();
        for (GraphQLError each : errors) {
            if (each.getPath() != null) {
                shaped.add(shape(each.getMessage(), each, each.getPath(),
                        each.getExtensions() == null ? Map.of() : each.getExtensions()));
            } else {
                shaped.add(variable(each, operation, variables));
            }
        }
        return shaped;
    }

    private static Map<String, Object> variable(GraphQLError error, OperationDefinition operation,
            Map<String, Object> variables) {
        VariableDefinition definition = operation.getVariableDefinitions().stream()
                .filter(each -> error.getLocations() != null && error.getLocations().contains(each.getSourceLocation()))
                .findFirst().orElse(null);
        Object value = definition == null ? null : variables.get(definition.getName());
        Matcher unknown = UNKNOWN_INPUT.matcher(error.getMessage());
        boolean undefined = unknown.find();
        List<String> path = undefined ? List.of(unknown.group(1)) : List.of();
        String explanation = undefined
                ? "Field is not defined on " + unknown.group(2)
                : definition != null && value == null ? "Expected value to not be null" : error.getMessage();
        String message = error.getMessage();
        if (definition != null) {
            message = "Variable $" + definition.getName() + " of type " + AstPrinter.printAst(definition.getType())
                    + " was provided invalid value" + (undefined ? " for " + path.get(0) + " (" + explanation + ")" : "");
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", "INVALID_VARIABLE");
        extensions.put("value", value);
        extensions.put("problems", List.of(Map.of("path", path, "explanation", explanation)));
        return shape(message, error, null, extensions);
    }

    static Map<String, Object> throttled() {
        return Map.of("message", "Throttled", "extensions",
                Map.of("code", "THROTTLED", "documentation", "https://shopify.dev/api/usage/limits"));
    }

    static Map<String, Object> tooDear(int cost) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", "MAX_COST_EXCEEDED");
        extensions.put("cost", cost);
        extensions.put("maxCost", CostLimits.SINGLE_QUERY);
        extensions.put("documentation", "https://shopify.dev/api/usage/limits");
        return Map.of("message",
                "Query cost is " + cost + ", which exceeds the single query max cost limit (" + CostLimits.SINGLE_QUERY + ").",
                "extensions", extensions);
    }

    private static Map<String, Object> shape(String message, GraphQLError error, List<Object> path,
            Map<String, Object> extensions) {
        Map<String, Object> shaped = new LinkedHashMap<>();
        shaped.put("message", message);
        List<Map<String, Object>> locations = new ArrayList<>();
        if (error.getLocations() != null) {
            error.getLocations().forEach(each -> locations.add(Map.of("line", each.getLine(), "column", each.getColumn())));
        }
        shaped.put("locations", locations);
        shaped.put("extensions", extensions);
        if (path != null) {
            shaped.put("path", path);
        }
        return shaped;
    }
}
