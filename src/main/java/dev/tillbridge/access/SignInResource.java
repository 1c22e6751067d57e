package dev.tillbridge.access;

import java.net.URI;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import dev.tillbridge.platform.ProblemCode;

/**
 * Where a browser goes to sign in by the OpenID provider, and comes back to. Quarkus leads it there and checks what it brings
 * ({@code quarkus.oidc.dashboard.*}); then the person gets a session like any other.
 */
@Path(SignInResource.PATH)
class SignInResource {

    static final String PATH = "/sign-in";
    private static final URI DASHBOARD = URI.create("/");
    private static final URI WITHOUT_ROLE = URI.create("/?sign-in=no-role");

    private final CurrentIdentityAssociation identities;
    private final Caller caller;
    private final Sessions sessions;
    private final OidcConfig config;
    private final OidcSession theirs;

    SignInResource(CurrentIdentityAssociation identities, Caller caller, Sessions sessions, OidcConfig config,
            OidcSession theirs) {
        this.identities = identities;
        this.caller = caller;
        this.sessions = sessions;
        this.config = config;
        this.theirs = theirs;
    }

    @GET
    @PermitAll
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> signedIn(@Context HttpServerRequest request) {
        return identities.getDeferredIdentity().chain(identity -> {
            if (identity.isAnonymous()) {
                throw ProblemCode.NOT_FOUND.problem("No OpenID provider is set up. Sign in by an API key.");
            }
            // Quarkus's own session has done its work; ours is what the API takes, and what signing out ends.
            return theirs.logout().chain(() -> begin(request));
        });
    }

    private Uni<RestResponse<Void>> begin(HttpServerRequest request) {
        return caller.role() == null
                ? Uni.createFrom().item(RestResponse.<Void>seeOther(WITHOUT_ROLE))
                : sessions.start(new Holder(SignedInBy.OIDC, caller.name(), caller.role(), null, null))
                        .map(started -> RestResponse.ResponseBuilder.<Void>seeOther(DASHBOARD)
                                .cookie(SessionCookie.of(request, started.token().reveal(), config.session())).build());
    }
}
