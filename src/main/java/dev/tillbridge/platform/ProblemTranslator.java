package dev.tillbridge.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAllowedException;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.vertx.sqlclient.DatabaseException;

/**
 * Gives every failure that leaves the API one of the {@link ProblemCode}s, whichever mapper caught it. What nobody expected
 * becomes a reference that is found in the log, and shows nothing of the inside.
 */
@ApplicationScoped
class ProblemTranslator implements ProblemPostProcessor {

    static final String SEND_A_KEY = "Send a valid API key as 'Authorization: Bearer tbk_…'. It may be missing, mistyped or revoked.";

    private static final String NOTHING_HERE = "There is nothing at this address: the path is unknown, or an id in it has not the form of one.";
    /** PostgreSQL: character_not_in_repertoire and untranslatable_character, both of U+0000. */
    private static final Set<String> NO_TEXT = Set.of("22021", "22P05");
    private static final Logger LOG = Logger.getLogger(ProblemTranslator.class);

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey("code")) {
            return problem;
        }
        var translated = translate(problem, context);
        var builder = HttpProblem.builder(translated);
        problem.getHeaders().forEach(builder::withHeader);
        return builder.build();
    }

    private HttpProblem translate(HttpProblem problem, ProblemContext context) {
        var json = cause(context.cause, JsonProcessingException.class);
        if (json != null && problem.getStatusCode() < 500) {
            return JsonProblems.of(json);
        }
        if (context.cause instanceof ConstraintViolationException violated) {
            return violations(violated);
        }
        if (BodyLimit.wasBroken(context.cause)) {
            return ProblemCode.BODY_TOO_LARGE.problem(BodyLimit.DETAIL);
        }
        var refused = cause(context.cause, DatabaseException.class);
        if (refused != null && NO_TEXT.contains(refused.getSqlState())) {
            return noText(context);
        }
        return switch (problem.getStatusCode()) {
            case 401 -> ProblemCode.UNAUTHENTICATED.problem(SEND_A_KEY);
            case 403 -> ProblemCode.FORBIDDEN.problem(
                    "The role of this key is too small for this operation; an admin can make another key.");
            case 404 -> ProblemCode.NOT_FOUND.problem(NOTHING_HERE);
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED.problem(allowed(context.cause));
            case 406 -> ProblemCode.NOT_ACCEPTABLE.problem("Send 'Accept: application/json', or leave it out.");
            case 413 -> ProblemCode.BODY_TOO_LARGE.problem(BodyLimit.DETAIL);
            case 415 ->
                ProblemCode.UNSUPPORTED_MEDIA_TYPE.problem(context.path != null && context.path.endsWith("/links/import")
                        ? "Send CSV, with 'Content-Type: text/csv'."
                        : "Send JSON, with 'Content-Type: application/json'.");
            default -> problem.getStatusCode() < 500
                    ? ProblemCode.INVALID_REQUEST
                            .problem("The request does not have the form the OpenAPI document at /q/openapi shows.")
                    : unexpected(context);
        };
    }

    /** No id has such a character, so there is nothing of that id. */
    private static HttpProblem noText(ProblemContext context) {
        return context.path != null && (context.path.contains("\0") || context.path.contains("%00"))
                ? ProblemCode.NOT_FOUND.problem(NOTHING_HERE)
                : ProblemCode.INVALID_REQUEST
                        .problem("A text in this request has the character U+0000, which no text can have.");
    }

    private static HttpProblem unexpected(ProblemContext context) {
        var reference = UUID.randomUUID().toString();
        LOG.errorf(context.cause, "Unexpected failure %s at %s", reference, context.path);
        return ProblemCode.INTERNAL_ERROR
                .problem("Nobody expected this. Whoever runs this service finds it in the log by the reference "
                        + reference + ".", Map.of("reference", reference));
    }

    private static HttpProblem violations(ConstraintViolationException violated) {
        List<Violation> violations = violated.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message)).toList();
        return ProblemCode.VALIDATION_FAILED.problem(
                "Nothing was changed. Correct the fields named in violations and send it again.",
                Map.of("violations", violations));
    }

    /** The path without method and body parameter, as the sender knows it. */
    private static String field(ConstraintViolation<?> violation) {
        var nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false).toList();
        var inside = nodes.stream().filter(node -> node.getKind() == ElementKind.PROPERTY
                || node.getKind() == ElementKind.CONTAINER_ELEMENT).map(Path.Node::toString).toList();
        if (!inside.isEmpty()) {
            return String.join(".", inside);
        }
        return violation.getInvalidValue() == null ? "body" : nodes.get(nodes.size() - 1).getName();
    }

    private static String allowed(Throwable cause) {
        return cause instanceof NotAllowedException refused && refused.getResponse().getAllowedMethods() != null
                ? "This address takes " + String.join(", ", refused.getResponse().getAllowedMethods()) + "."
                : "The OpenAPI document at /q/openapi shows what this address takes.";
    }

    private static <T> T cause(Throwable failure, Class<T> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
