package dev.tillbridge.access;

import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Access tokens of an OpenID provider, where one is set up, as bearer tokens of the API. */
@ApplicationScoped
class OidcTokens {

    /** A signed JSON Web Token; no API key looks like one. */
    private static final Pattern SIGNED = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final OidcAuthenticationMechanism quarkus;
    private final KeyCheck keys;
    private final boolean enabled;

    OidcTokens(OidcAuthenticationMechanism quarkus, KeyCheck keys,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean enabled) {
        this.quarkus = quarkus;
        this.keys = keys;
        this.enabled = enabled;
    }

    /** Whether people can sign in by a provider. */
    boolean enabled() {
        return enabled;
    }

    boolean takes(String bearer) {
        return enabled && SIGNED.matcher(bearer).matches();
    }

    /** As a wrong key fails, so does a wrong token. A right one is never held back: its signature cannot be guessed. */
    Uni<SecurityIdentity> identity(RoutingContext context, IdentityProviderManager identities) {
        return quarkus.authenticate(context, identities).onFailure(AuthenticationFailedException.class)
                .transform(wrong -> keys.wrong(ClientAddress.of(context.request())));
    }
}
