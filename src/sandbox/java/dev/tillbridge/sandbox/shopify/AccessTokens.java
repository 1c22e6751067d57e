package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tokens of one shop. A static token ({@code shpat_…}) never expires; one of the client-credentials grant lives 24 h and has no
 * refresh token (doc: apps/build/authentication-authorization/access-tokens/client-credentials-grant).
 */
final class AccessTokens {

    static final String DEMO_TOKEN = "shpat_demo";
    static final String DEMO_CLIENT_ID = "tillbridge-demo-app";
    static final String DEMO_CLIENT_SECRET = "shpss_demo";
    static final int LIFETIME_SECONDS = 86_399;
    static final List<String> ALL_SCOPES = List.of("read_products", "write_products", "read_inventory", "write_inventory",
            "read_locations", "read_orders", "write_orders", "read_all_orders", "write_draft_orders", "read_fulfillments",
            "read_merchant_managed_fulfillment_orders", "write_merchant_managed_fulfillment_orders",
            "read_shipping");

    /** What a token may do. {@code app} tells apart the buckets and idempotency keys. */
    record Grant(String app, Set<String> scopes, long expiresAt) {

        /** A write scope includes the read scope; locations are also readable with read_inventory (doc: access scopes). */
        boolean allows(String scope) {
            if (scopes.contains(scope) || (scope.startsWith("read_") && scopes.contains("write_" + scope.substring(5)))) {
                return true;
            }
            return scope.equals("read_locations") && allows("read_inventory");
        }
    }

    private final Clock clock;
    private final Map<String, Grant> tokens = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, Set<String>> clientScopes = new LinkedHashMap<>();
    private int granted;

    AccessTokens(Clock clock) {
        this.clock = clock;
        put(DEMO_TOKEN, ALL_SCOPES, 0);
        client(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, ALL_SCOPES);
    }

    /** Makes a token valid; {@code seconds} 0 is for ever. */
    void put(String token, List<String> scopes, int seconds) {
        tokens.put(token, new Grant("static", new TreeSet<>(scopes),
                seconds == 0 ? Long.MAX_VALUE : clock.millis() + seconds * 1000L));
    }

    /** Makes an app's client id and secret valid. */
    void client(String id, String secret, List<String> scopes) {
        secrets.put(id, secret);
        clientScopes.put(id, new TreeSet<>(scopes));
    }

    /** Whether there was such a token. */
    boolean revoke(String token) {
        return tokens.remove(token) != null;
    }

    /** A new token for these credentials; empty if they are wrong. */
    Optional<String> grant(String id, String secret) {
        if (secret == null || !secret.equals(secrets.get(id))) {
            return Optional.empty();
        }
        String token = String.format("shpat_%032x", 0x7d1b_51d6L * ++granted + clock.millis());
        tokens.put(token, new Grant(id, clientScopes.get(id), clock.millis() + LIFETIME_SECONDS * 1000L));
        return Optional.of(token);
    }

    /** What the token may do; empty if it is unknown or expired. */
    Optional<Grant> find(String token) {
        return token == null
                ? Optional.empty()
                : Optional.ofNullable(tokens.get(token)).filter(grant -> grant.expiresAt > clock.millis());
    }
}
