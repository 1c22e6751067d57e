package dev.tillbridge.product;

import java.time.Duration;
import java.util.List;

/**
 * How a product stands after a try.
 *
 * @param code stable; null where all is well
 * @param retryIn null where it is not tried again by itself at a time
 */
record Conclusion(Status status, String code, String reason, List<LeftOut> leftOut, int failures, Duration retryIn) {

    enum Status {
        /** Something is still to be made. */
        OPEN,
        DONE,
        /** A person must look. */
        HELD,
        /** Tried again. */
        FAILED
    }

    static Conclusion done(List<LeftOut> leftOut) {
        return new Conclusion(Status.DONE, null, null, leftOut, 0, null);
    }

    static Conclusion open(String reason, Duration in, int failures) {
        return new Conclusion(Status.OPEN, null, reason, List.of(), failures, in);
    }

    static Conclusion held(String reason) {
        return new Conclusion(Status.HELD, "outcome-unclear", reason, List.of(), 0, null);
    }

    static Conclusion failed(String code, String reason, int failures, Duration in) {
        return new Conclusion(Status.FAILED, code, reason, List.of(), failures, in);
    }
}
