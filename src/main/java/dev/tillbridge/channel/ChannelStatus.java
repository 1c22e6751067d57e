package dev.tillbridge.channel;

/** How a channel stands. */
public enum ChannelStatus {
    /** Works, with all it needs. */
    CONNECTED,
    /** Works as far as its token's permissions allow. */
    PERMISSIONS_MISSING,
    /** A person paused it. */
    PAUSED,
    /** Its token is no longer accepted; a new one resumes it. */
    UNAUTHORIZED;

    /** Whether the engine works on it. */
    public boolean active() {
        return this == CONNECTED || this == PERMISSIONS_MISSING;
    }
}
