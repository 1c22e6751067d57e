package dev.tillbridge.channel;

/** What was asked for is not, or no longer, connected: the store, the channel, or its credentials. The message names it. */
public final class NotConnectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotConnectedException(String message) {
        super(message);
    }
}
