package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;

/** Executes GraphQL requests with Shopify's cost, error shapes and extensions. */
final class GraphqlApi {

    /**
     * A request's body.
     *
     * @param operation name of the operation meant; null if the document has one only
     */
    record Request(String query, String operation, Map<String, Object> variables) {}

    private final FieldTable table = FieldTable.whole();
    private final GraphQLSchema schema = SchemaFactory.make(table);
    private final Documents documents = new Documents(schema);
    private final GraphQL engine;

    GraphqlApi() {
        DataFetcherExceptionHandler handler = thrown -> CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult
                .newResult(GraphqlErrors.thrown(thrown.getException(), thrown.getSourceLocation(), thrown.getPath()))
                .build());
        engine = GraphQL.newGraphQL(schema).defaultDataFetcherExceptionHandler(handler)
                .preparsedDocumentProvider(
                        (input, parse) -> CompletableFuture.completedFuture(documents.get(input.getQuery())))
                .build();
    }

    GraphQLSchema schema() {
        return schema;
    }

    FieldTable table() {
        return table;
    }

    Documents documents() {
        return documents;
    }

    /** The name under which a request is logged: its operation's, else its first field's. */
    String name(Request request) {
        return documents.operation(request.query, request.operation)
                .map(each -> each.getName() != null ? each.getName() : firstField(each)).orElse("graphql");
    }

    /** The answer's JSON object; always HTTP 200. */
    Map<String, Object> execute(Request request, Call call) {
        PreparsedDocumentEntry document = documents.get(request.query);
        if (document.hasErrors()) {
            return Map.of("errors", GraphqlErrors.invalid(document.getErrors()));
        }
        Optional<OperationDefinition> operation = documents.operation(request.query, request.operation);
        if (operation.isEmpty()) {
            return Map.of("errors", List.of(Map.of("message", "No operation named \"" + request.operation + "\"")));
        }
        CostModel model = new CostModel(schema, document.getDocument(), request.variables);
        int requested = model.requested(operation.get());
        CostLimits limits = call.shop().limits();
        String app = call.grant().app();
        if (limits.tooDear(requested)) {
            return Map.of("errors", List.of(GraphqlErrors.tooDear(requested)));
        }
        if (!limits.take(app, requested)) {
            Map<String, Object> refusal = new LinkedHashMap<>();
            refusal.put("errors", List.of(GraphqlErrors.throttled()));
            refusal.put("extensions", Map.of("cost", cost(requested, null, limits.status(app))));
            return refusal;
        }
        ExecutionResult result = engine.execute(ExecutionInput.newExecutionInput(request.query)
                .operationName(request.operation).variables(request.variables)
                .graphQLContext(Map.of(Call.class, call)).build());
        Map<?, ?> data = result.getData();
        int actual = Math.min(requested, model.actual(operation.get(), data));
        limits.giveBack(app, requested - actual);
        return answer(result, call, cost(requested, actual, limits.status(app)), request, operation.get());
    }

    private static Map<String, Object> answer(ExecutionResult result, Call call, Map<String, Object> cost, Request request,
            OperationDefinition operation) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            answer.put("errors", GraphqlErrors.executed(result.getErrors(), operation, request.variables));
        }
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("cost", cost);
        if (!call.searches().isEmpty()) {
            extensions.put("search", call.searches());
        }
        answer.put("extensions", extensions);
        return answer;
    }

    private static Map<String, Object> cost(int requested, Integer actual, Map<String, Object> status) {
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("requestedQueryCost", requested);
        cost.put("actualQueryCost", actual);
        cost.put("throttleStatus", status);
        return cost;
    }

    private static String firstField(OperationDefinition operation) {
        return operation.getSelectionSet().getSelectionsOfType(Field.class).stream().findFirst()
                .map(Field::getName).orElse("graphql");
    }
}
