package dev.tillbridge.access;

/** What a caller showed. */
public enum SignedInBy {
    /** An API key, sent along or exchanged for a session. */
    API_KEY,
    /** A token of an OpenID provider, sent along or exchanged for a session. */
    OIDC
}
