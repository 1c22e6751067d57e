package dev.tillbridge.access;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/session")
@Tag(name = "Access")
class SessionResource {

    private final Caller caller;
    private final KeyCheck keys;
    private final Sessions sessions;
    private final SignInConfig config;
    private final OidcTokens tokens;

    SessionResource(Caller caller, KeyCheck keys, Sessions sessions, SignInConfig config, OidcTokens tokens) {
        this.caller = caller;
        this.keys = keys;
        this.sessions = sessions;
        this.config = config;
        this.tokens = tokens;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getSession", summary = "Who am I", description = "The name and role of the key, token or session that was sent, and the one store it is limited to, if any. csrfToken and endsAt are a session's: the token goes into the header X-CSRF-Token of what changes something.")
    public SessionView session() {
        var session = caller.session();
        return new SessionView(caller.name(), caller.role(), caller.storeLimit().orElse(null), caller.signedInBy(),
                session.map(Session::csrfToken).orElse(null), session.map(Session::endsAt).orElse(null));
    }

    @POST
    @PermitAll
    @Operation(operationId = "signIn", summary = "Sign in to the dashboard", description = "Exchanges an API key for a session, which is kept in a cookie that no script can read. It is over after twelve hours without use, after seven days, and when the key is revoked. Programs need none: they send their key with each request.")
    public Uni<RestResponse<SessionView>> signIn(@NotNull @Valid SignIn body, @Context HttpServerRequest request) {
        return keys.holder(body.key().strip(), ClientAddress.of(request))
                .onFailure(AuthenticationFailedException.class)
                .transform(wrong -> ProblemCode.UNAUTHENTICATED
                        .problem("Nobody has this key. It may be mistyped or revoked; an admin makes keys."))
                .chain(sessions::start)
                .map(started -> RestResponse.ResponseBuilder
                        .create(RestResponse.Status.CREATED, SessionView.of(started.session()))
                        .cookie(SessionCookie.of(request, started.token().reveal(), config.longest())).build());
    }

    @GET
    @Path("/ways")
    @PermitAll
    @Operation(operationId = "listWaysToSignIn", summary = "How can one sign in", description = "Needs no key: it is for whoever has none yet. openIdConnect is the address that a browser is sent to where an OpenID provider is set up; an API key can be exchanged for a session in any case.")
    public WaysView ways() {
        return new WaysView(true, tokens.enabled() ? SignInResource.PATH : null);
    }

    @DELETE
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "signOut", summary = "Sign out of the dashboard", description = "The session is over at once, on all replicas, and its cookie is taken away. With a key in place of a session it does nothing.")
    public Uni<RestResponse<Void>> signOut(@Context HttpServerRequest request) {
        return caller.session().map(session -> sessions.end(session.id())).orElseGet(() -> Uni.createFrom().voidItem())
                .map(ended -> RestResponse.ResponseBuilder.<Void>noContent().cookie(SessionCookie.gone(request)).build());
    }

    /** @param openIdConnect where to go; null where no provider is set up */
    record WaysView(boolean apiKey, String openIdConnect) {}

    record SignIn(@NotBlank @Size(max = 512) String key) {}

    /**
     * @param storeId the one store that may be seen; null: all of them
     * @param csrfToken a session's token for the header X-CSRF-Token; null without a session
     * @param endsAt when the session is over at the latest; null without a session
     */
    record SessionView(String name, Role role, UUID storeId, SignedInBy signedInBy, String csrfToken, Instant endsAt) {

        static SessionView of(Session session) {
            var holder = session.holder();
            return new SessionView(holder.name(), holder.role(), holder.storeId(), holder.by(), session.csrfToken(),
                    session.endsAt());
        }
    }
}
