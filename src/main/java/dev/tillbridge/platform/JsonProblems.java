package dev.tillbridge.platform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * Says what is wrong with a body that did not read: where it is no JSON, or which field is unknown or has a wrong value.
 * Values are never repeated, because one of them may be a credential in a wrong place.
 */
final class JsonProblems {

    private JsonProblems() {}

    static HttpProblem of(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (failure instanceof JsonMappingException mapping && !path(mapping).isEmpty()) {
            return wrongValue(mapping);
        }
        return ProblemCode.MALFORMED_BODY.problem("The body does not read as JSON of the right form" + at(failure.getLocation())
                + ". The OpenAPI document at /q/openapi shows an example of it.");
    }

    private static HttpProblem unknownField(UnrecognizedPropertyException unknown) {
        var field = path(unknown);
        var known = unknown.getKnownPropertyIds() == null
                ? ""
                : unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
        return problem(ProblemCode.UNKNOWN_FIELD, "There is no field " + field + "; nothing was changed.",
                new Violation(field, "is not known here; known are " + known));
    }

    private static HttpProblem wrongValue(JsonMappingException mapping) {
        var field = path(mapping);
        return problem(ProblemCode.VALIDATION_FAILED, "The field " + field + " has a wrong value; nothing was changed.",
                new Violation(field, expectation(mapping)));
    }

    private static String expectation(JsonMappingException mapping) {
        if (mapping instanceof InvalidFormatException format && format.getTargetType() != null) {
            var type = format.getTargetType();
            if (type.isEnum()) {
                return "must be one of " + List.of(type.getEnumConstants()).stream().map(Object::toString)
                        .collect(Collectors.joining(", "));
            }
            return "does not read as " + words(type);
        }
        return "has a value of the wrong type or form";
    }

    private static String words(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "UUID" -> "an id of the form 123e4567-e89b-12d3-a456-426614174000";
            case "Instant" -> "a time such as 2026-11-23T00:00:00Z";
            case "Duration" -> "a duration such as PT12H";
            default -> "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static HttpProblem problem(ProblemCode code, String detail, Violation violation) {
        return code.problem(detail, Map.of("violations", List.of(violation)));
    }

    private static String path(JsonMappingException mapping) {
        var path = new StringBuilder();
        for (var part : mapping.getPath()) {
            if (part.getFieldName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return path.toString();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
