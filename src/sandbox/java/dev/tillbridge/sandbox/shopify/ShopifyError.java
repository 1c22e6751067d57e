package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.Map;

/** A top-level GraphQL error; where it happened is added by the execution. */
final class ShopifyError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final transient Map<String, Object> more;

    ShopifyError(String code, String message) {
        this(code, message, Map.of());
    }

    ShopifyError(String code, String message, Map<String, Object> more) {
        super(message, null, false, false);
        this.code = code;
        this.more = more;
    }

    /**
     * A missing scope. The message and fields follow shopify.dev/docs/api/usage/response-codes; the field becomes null.
     *
     * @param field whose value was asked for
     */
    static ShopifyError accessDenied(String field, String scope) {
        String required = "`" + scope + "` access scope.";
        return new ShopifyError("ACCESS_DENIED", "Access denied for " + field + " field. Required access: " + required,
                Map.of("documentation", "https://shopify.dev/api/usage/access-scopes", "requiredAccess", required));
    }

    Map<String, Object> extensions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("code", code);
        all.putAll(more);
        return all;
    }
}
