package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.http.Operation;
import dev.tillbridge.sandbox.http.VendorAnswer;
import dev.tillbridge.sandbox.http.VendorRequest;

/** The endpoints of a shop's Admin API: GraphQL and the client-credentials grant. */
final class AdminEndpoints {

    private static final String WRONG_TOKEN = "{\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"}";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
    };

    private final SandboxContext context;
    private final GraphqlApi api;
    private long requests;

    AdminEndpoints(SandboxContext context, GraphqlApi api) {
        this.context = context;
        this.api = api;
    }

    /** A GraphQL request, named after its operation. */
    Operation graphql(Shop shop, String version, VendorRequest request) {
        Optional<GraphqlApi.Request> asked = parse(request.body());
        return Operation.of(asked.map(api::name).orElse("graphql"), () -> {
            Optional<AccessTokens.Grant> grant = shop.tokens().find(request.headers().get("X-Shopify-Access-Token"));
            VendorAnswer answer;
            if (grant.isEmpty()) {
                answer = VendorAnswer.json(401, WRONG_TOKEN);
            } else if (asked.isEmpty()) {
                answer = VendorAnswer.json(400, "{\"errors\":{\"query\":\"Required parameter missing or invalid\"}}");
            } else {
                answer = body(200,
                        api.execute(asked.get(), new Call(shop, grant.get(), api.table()).at(ApiVersions.answering(version))));
            }
            return answer.with("X-Request-Id", new UUID(shop.domain().hashCode(), ++requests).toString())
                    .with("X-Shopify-API-Version", ApiVersions.answering(version));
        });
    }

    /** {@code {"access_token", "scope", "expires_in": 86399}}. */
    VendorAnswer grant(Shop shop, VendorRequest request) {
        JsonNode body;
        try {
            body = context.json().readTree(request.body().getBytes());
        } catch (java.io.IOException e) {
            return VendorAnswer.json(400, "{\"error\":\"invalid_request\",\"error_description\":\"The body is no JSON.\"}");
        }
        if (!body.path("grant_type").asText().equals("client_credentials")) {
            return VendorAnswer.json(400, "{\"error\":\"unsupported_grant_type\"}");
        }
        Optional<String> token = shop.tokens().grant(body.path("client_id").asText(), body.path("client_secret").asText());
        if (token.isEmpty()) {
            return VendorAnswer.json(401, WRONG_TOKEN);
        }
        Map<String, Object> granted = new LinkedHashMap<>();
        granted.put("access_token", token.get());
        granted.put("scope", String.join(",", shop.tokens().find(token.get()).orElseThrow().scopes()));
        granted.put("expires_in", AccessTokens.LIFETIME_SECONDS);
        return body(200, granted);
    }

    VendorAnswer body(int status, Map<String, Object> json) {
        try {
            return VendorAnswer.of(status, "application/json; charset=utf-8",
                    Buffer.buffer(context.json().writeValueAsBytes(json)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<GraphqlApi.Request> parse(Buffer body) {
        try {
            JsonNode json = context.json().readTree(body.getBytes());
            if (json == null || !json.path("query").isTextual()) {
                return Optional.empty();
            }
            JsonNode variables = json.path("variables");
            return Optional.of(new GraphqlApi.Request(json.get("query").textValue(),
                    json.path("operationName").isTextual() ? json.get("operationName").textValue() : null,
                    variables.isObject() ? context.json().convertValue(variables, OBJECT) : Map.of()));
        } catch (java.io.IOException e) {
            // A body that is no JSON is answered like one without a query.
            return Optional.empty();
        }
    }
}
