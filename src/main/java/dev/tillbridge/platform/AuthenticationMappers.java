package dev.tillbridge.platform;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.UnauthorizedException;

/**
 * No key, or a wrong one. The problem extension's own mappers read a field of Quarkus's challenge that this Quarkus has not
 * any more, and fail themselves.
 */
class AuthenticationMappers {

    private static final String CHALLENGE = "Bearer realm=\"tillbridge\"";
    /** Before the extension's. */
    private static final int FIRST = 1;

    @ServerExceptionMapper(value = UnauthorizedException.class, priority = FIRST)
    public Response missing(UnauthorizedException failure) {
        return unauthenticated();
    }

    @ServerExceptionMapper(value = AuthenticationFailedException.class, priority = FIRST)
    public Response wrong(AuthenticationFailedException failure) {
        return unauthenticated();
    }

    /** To the OpenID provider, or back from it: no problem at all. */
    @ServerExceptionMapper(value = AuthenticationRedirectException.class, priority = FIRST)
    public Response elsewhere(AuthenticationRedirectException redirect) {
        return Response.status(redirect.getCode()).header(HttpHeaders.LOCATION, redirect.getRedirectUri())
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Response unauthenticated() {
        return HttpProblem.builder(ProblemCode.UNAUTHENTICATED.problem(ProblemTranslator.SEND_A_KEY))
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE).build().toResponse();
    }
}
