package dev.tillbridge.access;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Knows the caller by the hash of the key that was sent. */
@ApplicationScoped
class KeyIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final BootstrapKey bootstrap;
    private final ApiKeyService keys;

    KeyIdentityProvider(BootstrapKey bootstrap, ApiKeyService keys) {
        this.bootstrap = bootstrap;
        this.keys = keys;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        var hash = KeyToken.hash(request.getToken().getToken());
        if (bootstrap.matches(hash)) {
            return Uni.createFrom().item(identity(BootstrapKey.NAME, Role.ADMIN, null));
        }
        return keys.use(hash).onItem().ifNull().failWith(() -> new AuthenticationFailedException("No valid key"))
                .map(key -> identity(key.name(), key.role(), key.storeId()));
    }

    private static SecurityIdentity identity(String name, Role role, UUID storeId) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(role.included())
                .addAttribute(Caller.ROLE, role);
        return (storeId == null ? identity : identity.addAttribute(Caller.STORE, storeId)).build();
    }
}
