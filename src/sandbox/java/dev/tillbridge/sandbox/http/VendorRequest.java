package dev.tillbridge.sandbox.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;

/**
 * One request to a simulated vendor, its body read whole.
 *
 * @param path as sent, undecoded, without the query
 * @param query parameters, decoded; repeated ones keep their order
 */
public record VendorRequest(HttpMethod method, String path, MultiMap query, MultiMap headers, Buffer body) {

    /** The token of {@code Authorization: Bearer …}; null where there is none. */
    public String bearerToken() {
        String value = headers.get("Authorization");
        return value != null && value.startsWith("Bearer ") ? value.substring("Bearer ".length()).trim() : null;
    }
}
