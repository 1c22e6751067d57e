package dev.tillbridge.clover;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

import org.jboss.resteasy.reactive.RestResponse;

/** What Clover sent back, whatever its status. */
final class CloverAnswer {

    private static final String LIMIT_PREFIX = "x-ratelimit-";

    private final int status;
    private final String date;
    private final String retryAfter;
    private final String limit;
    private final byte[] body;

    CloverAnswer(int status, String date, String retryAfter, String limit, byte[] body) {
        this.status = status;
        this.date = date;
        this.retryAfter = retryAfter;
        this.limit = limit;
        this.body = body == null ? new byte[0] : body;
    }

    static CloverAnswer of(RestResponse<?> response) {
        return new CloverAnswer(response.getStatus(), response.getHeaderString("Date"),
                response.getHeaderString("retry-after"), limit(response), bytes(response));
    }

    int status() {
        return status;
    }

    /** The header {@code Date}, null where absent. */
    String date() {
        return date;
    }

    /** The header {@code retry-after}, null where absent. */
    String retryAfter() {
        return retryAfter;
    }

    /**
     * Of a 429, which limit: {@code tokenLimit}, {@code crossTokenLimit}, {@code tokenConcurrentLimit} or
     * {@code crossTokenConcurrentLimit}, else {@code unknown} (docs.clover.com/docs/api-usage-rate-limits).
     */
    String limit() {
        return limit;
    }

    /** Of a 429, whether all tokens of the app were too fast together. */
    boolean crossToken() {
        return limit().startsWith("crossToken");
    }

    /** Never null; not copied, because pages are large. */
    byte[] body() {
        return body;
    }

    /** The REST client makes bytes of a success only; of a refusal it leaves the stream, which is in memory already. */
    private static byte[] bytes(RestResponse<?> response) {
        Object entity = response.getEntity();
        if (entity instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (byte[]) entity;
    }

    private static String limit(RestResponse<?> response) {
        return response.getHeaders().keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(LIMIT_PREFIX))
                .map(name -> name.substring(LIMIT_PREFIX.length()))
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("token"))
                .findFirst().map(CloverAnswer::known).orElse("unknown");
    }

    /** One of four words, so that what a server sends never becomes a metric's label. */
    private static String known(String name) {
        boolean cross = name.toLowerCase(Locale.ROOT).startsWith("cross");
        boolean concurrent = name.toLowerCase(Locale.ROOT).contains("concurrent");
        return (cross ? "crossToken" : "token") + (concurrent ? "ConcurrentLimit" : "Limit");
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    boolean concurrentLimit() {
        return limit.endsWith("ConcurrentLimit");
    }
}
