package dev.tillbridge.channel;

/** The names under which the client secrets of stores are kept: what webhooks are verified with. */
public final class StoreCredentialNames {

    public static final String CLIENT_SECRET = "client-secret";
    /** The one before, for as long as {@code store.previous_secret_until} says. */
    public static final String PREVIOUS_CLIENT_SECRET = "previous-client-secret";

    private StoreCredentialNames() {}
}
