package dev.tillbridge.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/**
 * The dashboard's pages have addresses of their own, which the script in its one document makes (see {@code web/app/routes.js}).
 * Asked for from outside, each answers that document. Everything else that is not there stays a 404.
 */
@ApplicationScoped
class DashboardPages {

    private static final String PAGES = "/(?:login|access|connect(?:/.*)?|channels/.*)";
    private static final String DOCUMENT = "/";

    void register(@Observes Router router) {
        router.routeWithRegex(PAGES).method(HttpMethod.GET).method(HttpMethod.HEAD)
                .handler(context -> context.reroute(DOCUMENT));
    }
}
