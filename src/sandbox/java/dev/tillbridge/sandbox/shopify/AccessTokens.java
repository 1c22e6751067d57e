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
    /** The app that static tokens belong to: the shop's own one, whose client is the one there is. */
    static final String STATIC = "static";
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
        tokens.put(token, new Grant(STATIC, new TreeSet<>(scopes),
                seconds == 0 ? Long.MAX_VALUE : clock.millis() + seconds * 1000L));
    }

    /** Makes an app's client id and secret valid. */
    void client(String id, String secret, List<String> scopes) {
        secrets.put(id, secret);
        clientScopes.put(id, new TreeSet<>(scopes));
    }

    /**
     * Gives the shop's own app other credentials.
     *
     * @param token replaces the static tokens that were there; null leaves them
     * @param id null for the one it has
     * @param secret null for the one it has
     */
    void credentials(String token, String id, String secret) {
        String oldId = secrets.keySet().iterator().next();
        String newId = id == null ? oldId : id;
        String newSecret = secret == null ? secrets.get(oldId) : secret;
        Set<String> scopes = clientScopes.get(oldId);
        if (!newId.equals(oldId)) {
            secrets.clear();
            clientScopes.clear();
        }
        client(newId, newSecret, List.copyOf(scopes));
        if (token != null) {
            tokens.values().removeIf(grant -> grant.app.equals(STATIC));
            put(token, ALL_SCOPES, 0);
        }
    }

    /** What signs an app's webhooks; of static tokens, the secret of the shop's own app. */
    String secret(String app) {
        String own = secrets.values().iterator().next();
        return app.equals(STATIC) ? own : secrets.getOrDefault(app, own);
    }

    /** Shop, token, client id and secret, as the service is given them. */
    Map<String, String> shown(String domain) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("shop", domain);
        shown.put("token", tokens.entrySet().stream().filter(each -> each.getValue().app.equals(STATIC))
                .map(Map.Entry::getKey).findFirst().orElse(null));
        shown.put("clientId", secrets.keySet().iterator().next());
        shown.put("clientSecret", secrets.values().iterator().next());
        return shown;
    }

    void revokeAll() {
        tokens.clear();
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
