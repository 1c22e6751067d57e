package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * API versions: quarterly, each at least 12 months; a call to an expired one is answered by the oldest supported one, and the
 * header {@code X-Shopify-API-Version} tells which (doc: api/usage/versioning). The sandbox speaks 2026-10 whatever is asked.
 */
final class ApiVersions {

    static final String NEWEST = "2026-10";
    private static final List<String> SUPPORTED = List.of("2026-01", "2026-04", "2026-07", NEWEST);
    private static final String CANDIDATE = "2027-01";

    private ApiVersions() {}

    /** The version that answers. */
    static String answering(String asked) {
        return SUPPORTED.contains(asked) || asked.equals(CANDIDATE) || asked.equals("unstable") ? asked : SUPPORTED.get(0);
    }

    /** As an ApiVersion: the one that webhooks are written in. */
    static Map<String, Object> newest() {
        return Map.of("handle", NEWEST, "displayName", NEWEST + " (Latest)", "supported", true);
    }

    static List<Map<String, Object>> all() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String version : SUPPORTED) {
            boolean latest = version.equals(SUPPORTED.get(SUPPORTED.size() - 1));
            all.add(Map.of("handle", version, "displayName", version + (latest ? " (Latest)" : ""), "supported", true));
        }
        all.add(Map.of("handle", CANDIDATE, "displayName", CANDIDATE + " (Release candidate)", "supported", false));
        all.add(Map.of("handle", "unstable", "displayName", "unstable", "supported", false));
        return all;
    }
}
