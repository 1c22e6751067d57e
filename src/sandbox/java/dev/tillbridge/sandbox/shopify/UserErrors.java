package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code userErrors} of a mutation's payload: refusals that come with HTTP 200 and data. */
final class UserErrors {

    private final List<Map<String, Object>> errors = new ArrayList<>();

    /**
     * @param code null where the mutation's errors have none
     * @param path to the argument, indexes as text (rec: {@code ["input","quantities","0","locationId"]}); empty for null
     */
    UserErrors add(String code, String message, Object... path) {
        Map<String, Object> error = new LinkedHashMap<>();
        List<String> field = new ArrayList<>(path.length);
        for (Object each : path) {
            field.add(each.toString());
        }
        error.put("field", field.isEmpty() ? null : field);
        error.put("message", message);
        error.put("code", code);
        error.put("elementIndex", null);
        error.put("elementKey", null);
        errors.add(error);
        return this;
    }

    List<Map<String, Object>> all() {
        return errors;
    }

    boolean none() {
        return errors.isEmpty();
    }

    /** A payload with one more field and these errors. */
    Map<String, Object> payload(String field, Object value) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put(field, value);
        payload.put("userErrors", errors);
        return payload;
    }
}
