package dev.tillbridge.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import dev.tillbridge.platform.ProblemCode;

/**
 * Takes the session from the dashboard's cookie. Browsers send cookies by themselves, so what changes something must
 * also carry the token that only the dashboard's own pages know. Where a key is sent along, the key counts.
 */
@ApplicationScoped
class SessionMechanism implements HttpAuthenticationMechanism {

    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Sessions sessions;

    SessionMechanism(Sessions sessions) {
        this.sessions = sessions;
    }

    /** After what is sent along, before what leads away. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 50;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        var request = context.request();
        if (request.getHeader(HttpHeaderNames.AUTHORIZATION) != null) {
            return Uni.createFrom().nullItem();
        }
        return SessionCookie.token(request).map(sessions::use).orElseGet(() -> Uni.createFrom().nullItem())
                .onItem().ifNotNull().transform(session -> identity(session, request));
    }

    private static SecurityIdentity identity(Session session, HttpServerRequest request) {
        if (!SAFE.contains(request.method()) && !same(session.csrfToken(), request.getHeader(CSRF_HEADER))) {
            throw ProblemCode.CSRF_TOKEN_MISSING
                    .problem("Send the csrfToken of GET /api/v1/session as the header " + CSRF_HEADER
                            + "; or send an API key in place of the cookie.");
        }
        return session.holder().identity().addAttribute(Caller.SESSION, session).build();
    }

    private static boolean same(String token, String sent) {
        return sent != null && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8),
                sent.getBytes(StandardCharsets.UTF_8));
    }

    /** None: whoever has no session is told to send a key. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    /** None: {@link Sessions} takes the place of an identity provider. */
    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, "tillbridge-session"));
    }
}
