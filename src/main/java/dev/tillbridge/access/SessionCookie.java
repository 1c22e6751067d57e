package dev.tillbridge.access;

import java.time.Duration;
import java.util.Optional;

import jakarta.ws.rs.core.NewCookie;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;

/**
 * The cookie of a session: no script reads it, no other site's request carries it, and over HTTPS its name's prefix keeps
 * subdomains from setting one. Over plain HTTP, on one's own machine, browsers take no such prefix.
 */
final class SessionCookie {

    private static final String NAME = "tillbridge-session";
    private static final String SECURE_NAME = "__Host-" + NAME;

    private SessionCookie() {}

    static NewCookie of(HttpServerRequest request, String token, Duration longest) {
        return cookie(request, token, (int) longest.toSeconds());
    }

    /** Takes the cookie away. */
    static NewCookie gone(HttpServerRequest request) {
        return cookie(request, "", 0);
    }

    /** What the request's cookie holds. */
    static Optional<String> token(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(name(request))).map(Cookie::getValue).filter(token -> !token.isEmpty());
    }

    private static NewCookie cookie(HttpServerRequest request, String token, int seconds) {
        return new NewCookie.Builder(name(request)).value(token).path("/").maxAge(seconds).secure(secure(request))
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT).build();
    }

    private static String name(HttpServerRequest request) {
        return secure(request) ? SECURE_NAME : NAME;
    }

    /** Behind a proxy that is trusted, what that proxy says. */
    private static boolean secure(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }
}
