package dev.tillbridge.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What every answer tells browsers: to guess nothing, to be framed by nobody, and which scripts are its own. */
@ApplicationScoped
class SecurityHeaders {

    /** Before whatever may answer, {@link BodyLimit} among it. */
    private static final int PRIORITY = 2000;

    private static final String UI = "/q/swagger-ui";
    private static final String FRAMEWORK = "/q/";
    private static final String CONTENT_POLICY = "Content-Security-Policy";

    /** For what is no page: answers of the API, problems. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    /** Scripts and style sheets come from files of ours alone. What scripts set on an element's own style is not held back by it. */
    private static final String OWN = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    /** Swagger UI's page begins with a script in itself. */
    private static final String SWAGGER = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private final boolean development;

    SecurityHeaders(LaunchMode mode) {
        this.development = mode == LaunchMode.DEVELOPMENT;
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, PRIORITY);
    }

    private void add(RoutingContext context) {
        var path = context.normalizedPath();
        var headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        content(path, headers);
        if ("https".equals(context.request().scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        context.next();
    }

    private void content(String path, MultiMap headers) {
        if (path.startsWith("/api/") || path.startsWith("/webhooks/")) {
            headers.set(CONTENT_POLICY, NOTHING);
            // Whoever uses this browser next must not find in its cache what a key could see.
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        } else if (path.startsWith(UI)) {
            headers.set(CONTENT_POLICY, SWAGGER);
        } else if (!development || !path.startsWith(FRAMEWORK)) {
            // Quarkus's Dev UI, which is there in development alone, is all scripts in pages.
            headers.set(CONTENT_POLICY, OWN);
        }
    }
}
