package dev.tillbridge.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The example of an operation, read from {@code openapi/<operationId>.json}: {@code request}, {@code response},
 * {@code status} where the answer is not 200 or 204, the codes of {@code problems} that are particular to it, and
 * {@code open} where it needs no key.
 */
record OperationExample(Object request, Object response, String status, List<ProblemCode> problems, boolean open) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static OperationExample of(String operationId) {
        var name = "openapi/" + operationId + ".json";
        try (var file = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return file == null
                    ? new OperationExample(null, null, null, List.of(), false)
                    : of(JSON.readValue(file, new TypeReference<Map<String, Object>>() {
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not read", e);
        }
    }

    private static OperationExample of(Map<String, Object> file) {
        var problems = file.get("problems") instanceof List<?> codes
                ? codes.stream().map(code -> ProblemCode.valueOf(code.toString().toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList()
                : List.<ProblemCode>of();
        return new OperationExample(file.get("request"), file.get("response"),
                file.get("status") == null ? null : file.get("status").toString(), problems,
                Boolean.TRUE.equals(file.get("open")));
    }
}
