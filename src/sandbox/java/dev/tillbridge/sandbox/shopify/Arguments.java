package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.Map;

/** Arguments of a field, or the fields of an input object, after coercion. */
record Arguments(Map<String, Object> values) {

    static final Arguments NONE = new Arguments(Map.of());

    boolean given(String name) {
        return values.containsKey(name);
    }

    Object value(String name) {
        return values.get(name);
    }

    String text(String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    /** Null where not given. */
    Integer integer(String name) {
        return values.get(name) instanceof Number number ? (Integer) number.intValue() : null;
    }

    /** False where not given. */
    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** An input object; without fields where not given. */
    Arguments object(String name) {
        return of(values.get(name));
    }

    /** The fields of an input object. */
    @SuppressWarnings("unchecked")
    static Arguments of(Object input) {
        return input instanceof Map<?, ?> map ? new Arguments((Map<String, Object>) map) : NONE;
    }
}
