package dev.tillbridge.channel;

/** A webhook that does not have the form its vendor gives it; the message says what is missing, and quotes nothing of it. */
public final class WebhookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For metrics and for the answer's status. */
    public enum Reason {
        HEADER_MISSING,
        MALFORMED,
        /** The body is about another shop than the one that the headers name. */
        ANOTHER_SHOP
    }

    private final Reason reason;

    public WebhookRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
