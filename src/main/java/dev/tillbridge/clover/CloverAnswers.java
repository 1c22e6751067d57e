package dev.tillbridge.clover;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillConnection;

/**
 * Judges what came back from Clover, in this one place: an answer is parsed, a refusal or a failed transport becomes a
 * {@link ConnectorException}.
 * <p>
 * Clover: 401 stands for a bad token, a missing permission and a wrong merchant alike, there is no 403
 * (docs.clover.com/docs/401-unauthorized); 429 see docs.clover.com/docs/api-usage-rate-limits; errors are
 * {@code {"message":…,"details":…}}.
 */
final class CloverAnswers {

    /** Clover sends {@code retry-after} with limits of concurrency only; otherwise it asks for 1 s and longer each time. */
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LONGEST_MESSAGE = 300;

    private final ObjectMapper json;
    private final TillConnection till;

    CloverAnswers(ObjectMapper json, TillConnection till) {
        this.json = json;
        this.till = till;
    }

    /** The answer itself where its status is 2xx, otherwise the failure it stands for. */
    CloverAnswer accepted(CloverOperation operation, CloverAnswer answer) {
        if (answer.ok()) {
            return answer;
        }
        throw refusal(operation, answer);
    }

    /** @throws ConnectorException.Transient {@code invalid-answer}: no JSON, cut off, or not of this shape */
    <T> T parse(CloverOperation operation, CloverAnswer answer, Class<T> shape) {
        return shape.cast(parse(operation, answer, json.readerFor(shape)));
    }

    /**
     * The rows of a list, each with its id.
     *
     * @throws ConnectorException.Transient {@code invalid-answer}, as {@link #parse}
     */
    <R extends CloverRow> List<R> rows(CloverOperation operation, CloverAnswer answer, Class<R> row) {
        ObjectReader reader = json
                .readerFor(json.getTypeFactory().constructParametricType(CloverWire.Elements.class, row));
        List<?> elements = ((CloverWire.Elements<?>) parse(operation, answer, reader)).elements();
        List<R> rows = elements == null ? List.of() : elements.stream().map(row::cast).toList();
        if (elements == null || rows.stream().anyMatch(each -> each == null || each.id() == null)) {
            throw invalid(operation, "its elements, or an element's id, are missing", null);
        }
        return rows;
    }

    private Object parse(CloverOperation operation, CloverAnswer answer, ObjectReader reader) {
        try {
            Object parsed = reader.readValue(answer.body());
            if (parsed != null) {
                return parsed;
            }
        } catch (IOException e) {
            // Jackson quotes the source in its message: only where it stopped is told on, never what stood there.
            throw invalid(operation, "it is not the JSON expected (" + e.getClass().getSimpleName() + ")", null);
        }
        throw invalid(operation, "it is empty", null);
    }

    /** Clover's own time when it answered. */
    Instant date(CloverOperation operation, CloverAnswer answer) {
        if (answer.date() == null) {
            throw invalid(operation, "it has no Date header", null);
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.date()));
        } catch (DateTimeException e) {
            throw invalid(operation, "its Date header is no date", e);
        }
    }

    ConnectorException invalid(CloverOperation operation, String why, Throwable cause) {
        return new ConnectorException.Transient("invalid-answer",
                "Clover's answer while " + operation.words() + " for merchant " + till.merchantId() + " cannot be used: " + why
                        + "." + unknown(operation),
                operation.write(), cause);
    }

    /** A call that never got an answer. */
    ConnectorException transport(CloverOperation operation, Throwable failure) {
        String begin = "While " + operation.words() + " for merchant " + till.merchantId() + ": ";
        Throwable root = root(failure);
        if (root instanceof UnknownHostException || root instanceof ConnectException
                || root instanceof NoRouteToHostException || root instanceof SSLHandshakeException) {
            return new ConnectorException.Transient("unreachable", begin + "no connection to Clover (" + name(root)
                    + "); nothing was sent. Check network, proxy and tillbridge.clover.url.", false, failure);
        }
        if (root instanceof TimeoutException) {
            return new ConnectorException.Transient("timeout",
                    begin + "Clover did not answer in time." + unknown(operation), operation.write(), failure);
        }
        return new ConnectorException.Transient("connection-cut",
                begin + "the connection to Clover was cut (" + name(root) + ")." + unknown(operation),
                operation.write(), failure);
    }

    private ConnectorException refusal(CloverOperation operation, CloverAnswer answer) {
        int status = answer.status();
        String begin = "Clover answered " + status + " while " + operation.words() + " for merchant " + till.merchantId();
        if (status == 401) {
            return new ConnectorException.Unauthorized(begin
                    + ": the token has expired or was revoked, is not this merchant's, or lacks "
                    + operation.permissionWords() + ".");
        }
        if (status == 429) {
            return new ConnectorException.Throttled(
                    begin + " (" + answer.limit() + "): too many requests with this token; nothing was done.",
                    pause(answer));
        }
        if (status >= 300 && status < 400) {
            return new ConnectorException.Rejected("redirected", status, begin
                    + ": redirects are not followed. Check tillbridge.clover.url." + till.region() + ".");
        }
        if (status >= 500 || status == 408) {
            return serverError(operation, begin);
        }
        CloverWire.Refusal error = error(answer);
        if (error == null && answer.body().length > 0) {
            return invalid(operation, "its status is " + status + " but its body is not Clover's, perhaps a proxy's", null);
        }
        if (error != null && status == 400 && said(error).endsWith("Internal Error")) {
            // Clover's word for queries that took it too long.
            return serverError(operation, begin);
        }
        return new ConnectorException.Rejected(status == 404 && error != null ? "not-found" : "rejected", status,
                begin + ": " + (error == null ? "without a reason" : said(error)));
    }

    private static ConnectorException serverError(CloverOperation operation, String begin) {
        return new ConnectorException.Transient("server-error", begin + ": a fault of Clover's." + unknown(operation),
                operation.write(), null);
    }

    /** Clover's error, or null where the body is none. */
    CloverWire.Refusal error(CloverAnswer answer) {
        try {
            CloverWire.Refusal error = json.readerFor(CloverWire.Refusal.class).readValue(answer.body());
            return error == null || error.message() == null ? null : error;
        } catch (IOException e) {
            return null;
        }
    }

    Duration pause(CloverAnswer answer) {
        if (answer.retryAfter() == null) {
            return DEFAULT_PAUSE;
        }
        try {
            Duration asked = Duration.ofSeconds((long) Math.ceil(Double.parseDouble(answer.retryAfter().strip())));
            if (asked.isNegative() || asked.isZero()) {
                return DEFAULT_PAUSE;
            }
            return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
        } catch (NumberFormatException e) {
            return DEFAULT_PAUSE;
        }
    }

    private String said(CloverWire.Refusal error) {
        String text = error.details() == null || error.details().equals(error.message())
                ? error.message()
                : error.message() + ": " + error.details();
        String safe = text.replace(till.token().reveal(), "*****").replaceAll("\\p{Cntrl}", " ");
        return safe.length() <= LONGEST_MESSAGE ? safe : safe.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static String unknown(CloverOperation operation) {
        return operation.write() ? " Whether the change was made is unknown." : "";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        // The outermost cause that says something decides: netty wraps "connection refused" in a ConnectException of its own.
        for (int depth = 0; depth < 10 && root.getCause() != null && !(root instanceof ConnectException)
                && !(root instanceof SSLHandshakeException) && !(root instanceof TimeoutException); depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static String name(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.isEmpty() ? failure.getClass().getName() : name;
    }
}
