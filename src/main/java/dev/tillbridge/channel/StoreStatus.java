package dev.tillbridge.channel;

/** How a store stands. */
public enum StoreStatus {
    /** Works, with all it needs. */
    CONNECTED,
    /** Works as far as its scopes allow. */
    SCOPES_MISSING,
    /** It was paused: its app was uninstalled. New credentials resume it. */
    PAUSED,
    /** Its credentials are no longer accepted; new ones resume it. */
    UNAUTHORIZED;

    /** Whether the engine works on it. */
    public boolean active() {
        return this == CONNECTED || this == SCOPES_MISSING;
    }
}
