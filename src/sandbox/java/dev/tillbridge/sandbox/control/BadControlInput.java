package dev.tillbridge.sandbox.control;

/** A control call that cannot be done; the message says what to do about it. */
public final class BadControlInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public BadControlInput(String message) {
        this(400, message);
    }

    public BadControlInput(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
