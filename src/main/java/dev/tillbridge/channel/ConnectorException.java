package dev.tillbridge.channel;

import java.time.Duration;

/**
 * How a vendor's call failed, classified once by its connector. The message is written for an operator: what happened,
 * what to do, and never a credential.
 */
public abstract sealed class ConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    private ConnectorException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** A stable word for metrics, stored failures and tests, such as {@code timeout} or {@code invalid-answer}. */
    public String code() {
        return code;
    }

    /** Whether a call that changes something may have had its effect although it failed. */
    public boolean outcomeUnknown() {
        return false;
    }

    /** Whether it is no fault of what the call was about: nothing else goes through this connection either. */
    public boolean concernsConnection() {
        return false;
    }

    /** Whether the vendor understood and refused for this reason. */
    public static boolean rejectedAs(Throwable failure, String code) {
        return failure instanceof Rejected rejected && rejected.code().equals(code);
    }

    /** Passing by itself: time-out, connection cut, 5xx, an answer that is no JSON. */
    public static final class Transient extends ConnectorException {

        private static final long serialVersionUID = 1L;

        private final boolean outcomeUnknown;

        public Transient(String code, String message, boolean outcomeUnknown, Throwable cause) {
            super(code, message, cause);
            this.outcomeUnknown = outcomeUnknown;
        }

        @Override
        public boolean outcomeUnknown() {
            return outcomeUnknown;
        }
    }

    /** The vendor asks to slow down; nothing was done. */
    public static final class Throttled extends ConnectorException {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public Throttled(String message, Duration retryAfter) {
            super("throttled", message, null);
            this.retryAfter = retryAfter;
        }

        @Override
        public boolean concernsConnection() {
            return true;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The vendor understood and refused; the same call will be refused again. */
    public static final class Rejected extends ConnectorException {

        private static final long serialVersionUID = 1L;

        private final int status;

        public Rejected(String code, int status, String message) {
            super(code, message, null);
            this.status = status;
        }

        /** HTTP status, 200 where the refusal stood in the body. */
        public int status() {
            return status;
        }
    }

    /** The credential is not accepted for this call: expired, revoked, or without the permission. */
    public static final class Unauthorized extends ConnectorException {

        private static final long serialVersionUID = 1L;

        public Unauthorized(String message) {
            super("unauthorized", message, null);
        }

        @Override
        public boolean concernsConnection() {
            return true;
        }
    }
}
