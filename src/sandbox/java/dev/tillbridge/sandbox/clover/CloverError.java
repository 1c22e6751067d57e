package dev.tillbridge.sandbox.clover;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * An answer other than 200. Bodies: {@code {"message"[, "details"]}}. Clover: docs.clover.com/docs/401-unauthorized; the 404
 * forms as seen by third parties.
 */
final class CloverError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String body;

    private CloverError(int status, String message, String details) {
        // No stack trace: it is an answer, not a failure, and there may be thousands a second.
        super(message, null, false, false);
        this.status = status;
        this.body = details == null
                ? "{\"message\":\"" + quoted(message) + "\"}"
                : "{\"message\":\"" + quoted(message) + "\",\"details\":\"" + quoted(details) + "\"}";
    }

    /** Bad token, missing permission, wrong merchant or region: all alike, there is no 403. */
    static CloverError unauthorized() {
        return new CloverError(401, "401 Unauthorized", null);
    }

    static CloverError invalidId() {
        return new CloverError(404, "invalid ID", null);
    }

    static CloverError notFound(String details) {
        return new CloverError(404, "Not Found", details);
    }

    static CloverError badRequest(String message) {
        return new CloverError(400, message, null);
    }

    static CloverError methodNotAllowed() {
        return new CloverError(405, "405 Method Not Allowed", null);
    }

    VendorAnswer answer() {
        return VendorAnswer.json(status, body);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
