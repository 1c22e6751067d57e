package dev.tillbridge.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/**
 * Completes the OpenAPI document when the service is built: the schemes, an example of each operation's request and
 * answer from {@code openapi/<operationId>.json}, and every problem it can answer with, so that resources say in code only
 * what is particular to them.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {

    private static final String BASE = "/api/v1/";
    private static final String SCHEME = "apiKey";
    private static final String SESSION = "session";
    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_REF = "#/components/schemas/" + PROBLEM;

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(SCHEME, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                        .description(
                                "An API key: Authorization: Bearer tbk_…; where OpenID Connect is set up, an access token, too"))
                .addSecurityScheme(SESSION, OASFactory.createSecurityScheme().type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE).name("__Host-tillbridge-session")
                        .description("The dashboard's session. What changes something also needs the header X-CSRF-Token, with"
                                + " the csrfToken of GET /api/v1/session"))
                .addSchema(PROBLEM, problem());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(BASE)) {
                item.getOperations().forEach((method, operation) -> complete(path, method, operation));
            }
        });
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        var example = OperationExample.of(operation.getOperationId());
        operation.setSecurity(example.open()
                ? List.of()
                : List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME),
                        OASFactory.createSecurityRequirement().addScheme(SESSION)));
        if (operation.getRequestBody() != null && example.request() != null) {
            operation.getRequestBody().getContent().getMediaTypes().values()
                    .forEach(media -> media.setExample(example.request()));
        }
        answer(operation, example);
        problems(path, method, operation, example).forEach((status, codes) -> operation.getResponses()
                .addAPIResponse(String.valueOf(status), problems(codes)));
    }

    private static void answer(Operation operation, OperationExample example) {
        var responses = operation.getResponses();
        if (example.status() != null) {
            // The scanner guesses 200, or 204 of an answer without a body.
            var guessed = responses.getAPIResponses().keySet().stream().filter(status -> status.startsWith("2")).findFirst();
            guessed.ifPresent(status -> {
                var plain = responses.getAPIResponse(status);
                responses.removeAPIResponse(status);
                responses.addAPIResponse(example.status(),
                        plain.description(
                                Response.Status.fromStatusCode(Integer.parseInt(example.status())).getReasonPhrase()));
            });
        }
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null && example.response() != null) {
                response.getContent().getMediaTypes().values().forEach(media -> media.setExample(example.response()));
            }
        });
    }

    /** By status: what any such operation can answer with, and what its example file names beside. */
    private static Map<Integer, List<ProblemCode>> problems(String path, PathItem.HttpMethod method, Operation operation,
            OperationExample example) {
        var codes = new ArrayList<>(List.of(ProblemCode.INTERNAL_ERROR));
        if (!example.open()) {
            codes.addAll(List.of(ProblemCode.UNAUTHENTICATED, ProblemCode.FORBIDDEN, ProblemCode.TOO_MANY_FAILED_ATTEMPTS));
            if (method != PathItem.HttpMethod.GET) {
                codes.add(ProblemCode.CSRF_TOKEN_MISSING);
            }
        }
        if (path.contains("{")) {
            codes.add(ProblemCode.NOT_FOUND);
        }
        if (operation.getRequestBody() != null) {
            codes.addAll(List.of(ProblemCode.MALFORMED_BODY, ProblemCode.BODY_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    ProblemCode.VALIDATION_FAILED, ProblemCode.UNKNOWN_FIELD));
        }
        codes.addAll(example.problems());
        var byStatus = new TreeMap<Integer, List<ProblemCode>>();
        codes.stream().distinct()
                .forEach(code -> byStatus.computeIfAbsent(code.status(), status -> new ArrayList<>()).add(code));
        return byStatus;
    }

    private static APIResponse problems(List<ProblemCode> codes) {
        var media = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM_REF));
        codes.forEach(code -> media.addExample(code.code(),
                OASFactory.createExample().summary(code.title()).value(example(code))));
        return OASFactory.createAPIResponse()
                .description(String.join("; ", codes.stream().map(ProblemCode::title).toList()))
                .content(OASFactory.createContent().addMediaType("application/problem+json", media));
    }

    private static Map<String, Object> example(ProblemCode code) {
        var example = new LinkedHashMap<String, Object>();
        example.put("type", code.type().toString());
        example.put("title", code.title());
        example.put("status", code.status());
        example.put("detail", code.title() + ". What to do stands here.");
        example.put("instance", "/api/v1/stores");
        example.put("code", code.code());
        if (code.status() == 422) {
            example.put("violations",
                    List.of(Map.of("field", "inventorySync.safetyStock", "message", "must be between 0 and 1000000")));
        }
        return example;
    }

    private static Schema problem() {
        return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT)
                .description("RFC 9457. Programs decide by code, people read detail.")
                .addProperty("type", text("A URI that ends in the code"))
                .addProperty("title", text("What the code means"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", text("What happened, and what to do"))
                .addProperty("instance", text("The path that was called"))
                .addProperty("code", text("Stable: merchant-already-connected"))
                .addProperty("violations", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY)
                        .description("The wrong fields, where fields are wrong")
                        .items(OASFactory.createSchema().addType(Schema.SchemaType.OBJECT)
                                .addProperty("field", text("Its path in the body"))
                                .addProperty("message", text("What is wrong"))))
                .addProperty("reference", text("What an unexpected failure is found by in the log"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
