package dev.tillbridge.shopify;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import dev.tillbridge.channel.ConnectorException;

/**
 * Says once what each way of failing means. Shopify fails on three layers and all are read: the connection and HTTP
 * status, {@code errors} at the top of an answer of status 200, and {@code userErrors} inside its data
 * (shopify.dev/docs/api/usage/response-codes). Messages never hold a credential nor a body.
 */
final class ShopifyFailures {

    private static final int LONGEST_QUOTE = 300;
    static final String ALL_ORDERS = "read_all_orders";
    private static final String CONCURRENT = "idempotency-concurrent-request";

    private ShopifyFailures() {}

    /** A call that got no answer. Until the connection stands nothing can have been done. */
    static ConnectorException transport(Throwable failure, ShopifyOperation operation) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorException known) {
                return known;
            }
            if (cause instanceof CircuitBreakerOpenException) {
                return new ConnectorException.Transient("circuit-open",
                        "Shopify could not be reached several times in a row; it is tried again in a few seconds", false,
                        failure);
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException) {
                return new ConnectorException.Transient("connect-failed", "No connection to Shopify: " + nameOf(cause), false,
                        failure);
            }
            if (cause instanceof TimeoutException) {
                return new ConnectorException.Transient("timeout",
                        "Shopify did not answer " + operation.document() + " in time",
                        operation.changing(), failure);
            }
        }
        return new ConnectorException.Transient("connection-lost",
                "The connection to Shopify was cut during " + operation.document() + ": " + nameOf(failure),
                operation.changing(),
                failure);
    }

    /** Reads an answer; fails where a status of 200 covers something that is none. */
    static GraphqlAnswer read(HttpAnswer http, ShopifyOperation operation) {
        try {
            return GraphqlAnswer.read(http);
        } catch (IOException e) {
            if (http.status() == 200) {
                throw invalid(operation, e);
            }
            return new GraphqlAnswer(http.status(), null, http.requestId(), null, List.of(), null, List.of());
        }
    }

    static ConnectorException notSent(ShopifyOperation operation) {
        return new ConnectorException.Transient("not-sent", "No turn within Shopify's limits came in time for "
                + operation.document() + "; nothing was sent. It is tried again later", false, null);
    }

    /** An answer that can be read and does not hold what it must. */
    static ConnectorException invalid(ShopifyOperation operation) {
        return new ConnectorException.Transient("invalid-answer",
                "Shopify's answer to " + operation.document() + " is not what was asked for", operation.changing(), null);
    }

    static ConnectorException invalid(ShopifyOperation operation, Throwable cause) {
        // The parser's message quotes the body, which may hold what belongs to the merchant's customers.
        return new ConnectorException.Transient("invalid-answer",
                "Shopify's answer to " + operation.document() + " is not what was asked for (" + nameOf(cause) + ")",
                operation.changing(), null);
    }

    /** Judges the first two layers; null where there is nothing to complain about. */
    static ConnectorException judge(GraphqlAnswer answer, String retryAfter, ShopifyOperation operation) {
        if (answer.errors().stream().anyMatch(problem -> problem.code().equals("THROTTLED")) || answer.status() == 429) {
            return new ConnectorException.Throttled("Shopify asks to slow down", pause(answer.cost(), retryAfter));
        }
        if (answer.errors().stream().anyMatch(problem -> problem.code().equals("SHOP_INACTIVE"))) {
            return inactive(answer.status());
        }
        if (answer.status() != 200) {
            return byStatus(answer.status(), operation);
        }
        if (!answer.errors().isEmpty()) {
            var failure = byCode(answer.errors().get(0), operation);
            // An error beside the data of something that was done is no refusal of it.
            return operation.changing() && answer.executed() && !failure.outcomeUnknown()
                    ? new ConnectorException.Transient("partly-answered", failure.getMessage(), true, null)
                    : failure;
        }
        if (answer.data() == null) {
            return invalid(operation);
        }
        if (!answer.ignored().isEmpty()) {
            return new ConnectorException.Rejected("filter-ignored", 200,
                    "Shopify did not apply a filter of " + operation.document() + " and would answer with everything: "
                            + quote(String.join("; ", answer.ignored())));
        }
        return null;
    }

    /** The third layer, for calls whose user errors have no meaning of their own; null where there are none. */
    static ConnectorException judge(List<Wire.UserError> errors, ShopifyOperation operation) {
        if (errors == null || errors.isEmpty()) {
            return null;
        }
        var error = errors.get(0);
        var code = code(error);
        var field = error.field() == null ? "" : " at " + String.join(".", error.field());
        var message = "Shopify refused " + operation.document() + field + ": " + quote(error.message());
        return switch (code) {
            // The same key is being worked on: what it does is not known yet.
            case CONCURRENT, "service-unavailable" ->
                new ConnectorException.Transient(code, message, true,
                        null);
            default -> new ConnectorException.Rejected(code, 200, message);
        };
    }

    /** The vendor's code in lower case with hyphens; {@code refused} where there is none. */
    static String code(Wire.UserError error) {
        if (error.code() != null) {
            return error.code().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        // refundCreate's errors have no code: its idempotency is told by the texts that the schema gives to the codes.
        var text = error.message() == null ? "" : error.message().toLowerCase(Locale.ROOT);
        if (text.contains("request is currently in progress")) {
            return CONCURRENT;
        }
        if (text.contains("idempotency key cannot be used with different")) {
            return "idempotency-key-parameter-mismatch";
        }
        return text.contains("with this idempotency key failed") ? "idempotency-previous-attempt-failed" : "refused";
    }

    /** Token requests answer with HTTP errors of their own (shopify.dev/docs/apps/build/authentication-authorization). */
    static ConnectorException token(HttpAnswer answer) {
        return switch (answer.status()) {
            case 400, 401, 403 -> new ConnectorException.Unauthorized(
                    "Shopify does not accept this client id and secret for the shop: check both, and that the app is installed in it");
            case 429 -> new ConnectorException.Throttled("Shopify asks to slow down", pause(null, answer.retryAfter()));
            default -> byStatus(answer.status(), ShopifyOperation.SHOP_PROFILE);
        };
    }

    private static ConnectorException byStatus(int status, ShopifyOperation operation) {
        return switch (status) {
            case 401 -> new ConnectorException.Unauthorized(
                    "Shopify does not accept the access token: it was revoked, or belongs to another shop");
            case 403 -> new ConnectorException.Unauthorized("Shopify refuses this app access to the shop");
            case 402 -> new ConnectorException.Rejected("shop-frozen", status,
                    "The shop is frozen: its owner has to settle the outstanding balance with Shopify");
            case 404 -> new ConnectorException.Rejected("shop-not-found", status,
                    "Shopify knows no shop of this domain: use the one that ends in .myshopify.com, shown in the shop's settings");
            case 423 -> new ConnectorException.Rejected("shop-locked", status,
                    "The shop is locked: its owner has to ask Shopify's support");
            case 430 -> new ConnectorException.Rejected("blocked", status,
                    "Shopify blocks calls from this network as a security measure");
            default -> status >= 500
                    ? new ConnectorException.Transient("server-error",
                            "Shopify answered " + operation.document() + " with HTTP "
                                    + status,
                            operation.changing(), null)
                    : status >= 300 && status < 400
                            ? new ConnectorException.Rejected("redirected", status,
                                    "The shop answers from another address: use its permanent .myshopify.com domain")
                            : new ConnectorException.Rejected("bad-request", status,
                                    "Shopify refused " + operation.document() + " with HTTP " + status);
        };
    }

    private static ConnectorException byCode(GraphqlAnswer.Problem problem, ShopifyOperation operation) {
        return switch (problem.code()) {
            case "ACCESS_DENIED" -> tooOld(problem)
                    ? new ConnectorException.Rejected("order-too-old", 200,
                            "The order is older than the 60 days Shopify lets this app see: that takes the scope read_all_orders")
                    : new ConnectorException.Unauthorized("The app lacks a permission for " + operation.document()
                            + ": " + quote(problem.requiredAccess().isEmpty() ? problem.message() : problem.requiredAccess()));
            case "MAX_COST_EXCEEDED" -> new ConnectorException.Rejected("max-cost-exceeded", 200,
                    "Shopify finds " + operation.document() + " too costly for one query");
            case "IDEMPOTENCY_CONCURRENT_REQUEST" -> new ConnectorException.Transient(CONCURRENT,
                    "Shopify is still at an earlier " + operation.document() + " of the same key", operation.changing(), null);
            case "INTERNAL_SERVER_ERROR", "TIMEOUT", "SERVICE_UNAVAILABLE" -> new ConnectorException.Transient("server-error",
                    "Shopify failed at " + operation.document() + ": " + quote(problem.message()), operation.changing(), null);
            default -> new ConnectorException.Rejected(
                    problem.code().isEmpty() ? "refused" : problem.code().toLowerCase(Locale.ROOT).replace('_', '-'), 200,
                    "Shopify refused " + operation.document() + ": " + quote(problem.message()));
        };
    }

    private static boolean tooOld(GraphqlAnswer.Problem problem) {
        return problem.requiredAccess().contains(ALL_ORDERS) || problem.message().contains(ALL_ORDERS);
    }

    private static ConnectorException inactive(int status) {
        return new ConnectorException.Rejected("shop-inactive", status,
                "The shop is not active: its owner has to choose a plan or reopen it at Shopify");
    }

    /** Until the bucket holds enough: (requested - available) / restore rate (shopify.dev/docs/api/usage/limits). */
    private static Duration pause(Wire.Cost cost, String retryAfter) {
        if (cost != null && cost.throttleStatus() != null && cost.throttleStatus().restoreRate() > 0) {
            var missing = cost.requestedQueryCost() - cost.throttleStatus().currentlyAvailable();
            return Duration.ofMillis(Math.max(100, (long) Math.ceil(missing / cost.throttleStatus().restoreRate() * 1000)));
        }
        if (retryAfter != null) {
            try {
                return Duration.ofMillis(Math.max(100, Math.min(60_000, (long) (Double.parseDouble(retryAfter) * 1000))));
            } catch (NumberFormatException e) {
                return Duration.ofSeconds(1);
            }
        }
        return Duration.ofSeconds(1);
    }

    static String quote(String text) {
        if (text == null) {
            return "";
        }
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
    }

    private static String nameOf(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
