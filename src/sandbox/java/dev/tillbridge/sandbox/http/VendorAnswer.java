package dev.tillbridge.sandbox.http;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.core.buffer.Buffer;

/**
 * One answer of a simulated vendor.
 *
 * @param headers besides {@code Date} and the length, which the server adds
 * @param body the whole body; null for a streamed one
 * @param chunks the parts of a streamed body, pulled as fast as the client reads; null for a whole one
 */
public record VendorAnswer(int status, Map<String, String> headers, Buffer body, Iterator<Buffer> chunks) {

    public static VendorAnswer json(int status, Buffer body) {
        return of(status, "application/json", body);
    }

    public static VendorAnswer json(int status, String body) {
        return json(status, Buffer.buffer(body));
    }

    public static VendorAnswer of(int status, String contentType, Buffer body) {
        return new VendorAnswer(status, Map.of("Content-Type", contentType), body, null);
    }

    /** A body too large to hold, such as a bulk operation's result. */
    public static VendorAnswer streamed(int status, String contentType, Iterator<Buffer> chunks) {
        return new VendorAnswer(status, Map.of("Content-Type", contentType), null, chunks);
    }

    public VendorAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new VendorAnswer(status, Collections.unmodifiableMap(more), body, chunks);
    }
}
