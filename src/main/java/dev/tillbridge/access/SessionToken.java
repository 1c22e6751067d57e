package dev.tillbridge.access;

import java.util.Base64;

import dev.tillbridge.platform.Secret;

/** What a session's cookie holds, as random as a key's token. */
final class SessionToken {

    private SessionToken() {}

    static Secret create() {
        return KeyToken.create();
    }

    /** The token that pages send in a header: another site can neither read the cookie nor know this. */
    static String csrf(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(KeyToken.hash("csrf " + token));
    }
}
