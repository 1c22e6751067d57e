package dev.tillbridge.platform;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * Every problem the API can answer with: one stable code, one status, one title. The detail says what happened and what
 * to do. The code is the last part of {@code type} and a member of its own.
 */
public enum ProblemCode {

    MALFORMED_BODY(400, "The body is not the JSON this operation takes"),
    INVALID_REQUEST(400, "A parameter is wrong"),
    WEBHOOK_HEADER_MISSING(400, "A header of the webhook is missing"),
    UNAUTHENTICATED(401, "No valid key or token was sent"),
    WEBHOOK_NOT_VERIFIED(401, "Nothing shows that the webhook comes from its vendor"),
    FORBIDDEN(403, "This key may not do that"),
    CSRF_TOKEN_MISSING(403, "Nothing shows that the request comes from the dashboard"),
    NOT_FOUND(404, "There is nothing here"),
    WEBHOOK_STORE_UNKNOWN(404, "No such shop is connected"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    NOT_ACCEPTABLE(406, "This operation answers JSON"),
    CONFLICT(409, "That contradicts what is there"),
    STORE_ALREADY_CONNECTED(409, "This shop is connected already"),
    STORE_HAS_CHANNELS(409, "Channels still use this store"),
    CHANNEL_NAME_TAKEN(409, "This store has a channel of that name"),
    MERCHANT_ALREADY_CONNECTED(409, "This merchant is connected already"),
    RECONCILIATION_UNDER_WAY(409, "A reconciliation of this store is under way"),
    RECOUNT_ALREADY_SETTLED(409, "This recount is settled"),
    LINK_CONFLICT(409, "Variant or item is linked to another"),
    SETTINGS_CHANGED(412, "The settings were changed by someone else"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This operation takes another media type"),
    VALIDATION_FAILED(422, "Some fields are wrong"),
    UNKNOWN_FIELD(422, "The body has a field this operation does not know"),
    NOT_A_SHOPIFY_DOMAIN(422, "This is no Shopify shop domain"),
    MERCHANT_ID_MALFORMED(422, "This is no Clover merchant id"),
    UNKNOWN_LOCATION(422, "The shop has no such location"),
    CURRENCY_DIFFERS(422, "Till and store count in different currencies"),
    TAX_BASIS_DIFFERS(422, "Prices include tax on one side only"),
    STORE_UNAUTHORIZED(422, "The shop did not accept these credentials"),
    STORE_NOT_FOUND_AT_SHOPIFY(422, "Shopify knows no such shop"),
    TILL_UNAUTHORIZED(422, "The till did not accept this token"),
    PRECONDITION_REQUIRED(428, "If-Match is needed"),
    TOO_MANY_FAILED_ATTEMPTS(429, "Too many wrong keys came from this address"),
    INTERNAL_ERROR(500, "Something went wrong here"),
    VENDOR_REFUSED(502, "The vendor refused the call"),
    BUSY(503, "Another change is under way"),
    VENDOR_UNAVAILABLE(503, "The vendor does not answer");

    /**
     * The one detail of a store, channel or part of one that is not there or that the caller may not see: any difference
     * would tell a key of one store which ids others have.
     */
    public static final String NOTHING_TO_SEE = "There is no such store, channel or part of one, or this key may not see it.";

    private static final String TYPE = "https://tillbridge.dev/problems/";

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable code as it is sent: {@code merchant-already-connected}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI type() {
        return URI.create(TYPE + code());
    }

    public HttpProblem problem(String detail) {
        return problem(detail, Map.of());
    }

    /** With members of its own beside the standard ones, such as {@code missing} or {@code violations}. */
    public HttpProblem problem(String detail, Map<String, ?> members) {
        var builder = HttpProblem.builder()
                .withType(type())
                .withStatus(Response.Status.fromStatusCode(status) != null
                        ? Response.Status.fromStatusCode(status)
                        : status(status, title))
                .withTitle(title)
                .withDetail(detail)
                .with("code", code());
        members.forEach(builder::with);
        return builder.build();
    }

    private static Response.StatusType status(int status, String reason) {
        return new Response.StatusType() {
            @Override
            public int getStatusCode() {
                return status;
            }

            @Override
            public Response.Status.Family getFamily() {
                return Response.Status.Family.familyOf(status);
            }

            @Override
            public String getReasonPhrase() {
                return reason;
            }
        };
    }
}
