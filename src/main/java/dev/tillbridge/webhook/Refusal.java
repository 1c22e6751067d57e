package dev.tillbridge.webhook;

import io.quarkiverse.resteasy.problem.HttpProblem;

import dev.tillbridge.platform.ProblemCode;

/** Why a webhook is refused: the answer, and a label of the metric. Nothing of one that is refused is stored. */
enum Refusal {
    HEADER_MISSING(ProblemCode.WEBHOOK_HEADER_MISSING, "Send the webhook as its vendor sends it."),
    MALFORMED(ProblemCode.MALFORMED_BODY, "Send the webhook as its vendor sends it."),
    UNKNOWN_STORE(ProblemCode.WEBHOOK_STORE_UNKNOWN, "No store of this shop domain is connected here."),
    BAD_SIGNATURE(
            ProblemCode.WEBHOOK_NOT_VERIFIED,
            "The signature was made with none of this shop's client secrets, over none of this body's bytes."),
    ANOTHER_SHOP(
            ProblemCode.WEBHOOK_NOT_VERIFIED,
            "The signature covers the body alone, so the body must name the shop of X-Shopify-Shop-Domain."),
    NO_SECRET(
            ProblemCode.WEBHOOK_NOT_VERIFIED,
            "The store has no client secret, so its webhooks cannot be verified."
                    + " PUT /api/v1/stores/{id}/credentials with a clientSecret changes that."),
    WRONG_CODE(ProblemCode.WEBHOOK_NOT_VERIFIED, "The header X-Clover-Auth does not hold the code of the developer dashboard."),
    NO_CODE(
            ProblemCode.WEBHOOK_NOT_VERIFIED,
            "tillbridge.clover.webhook.auth-code is not set, so Clover's posts cannot be verified."),
    TOO_MANY_CODES(ProblemCode.BUSY, "More verification codes came than anybody asks for. Ask for another in a minute."),
    NOT_STORED(ProblemCode.BUSY, "The webhook could not be stored now. Send it again.");

    private final ProblemCode code;
    private final String detail;

    Refusal(ProblemCode code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    HttpProblem problem() {
        return code.problem(detail);
    }

    /** With what is wrong with this one in front. */
    HttpProblem problem(String what) {
        return code.problem(what + " " + detail);
    }
}
