package dev.tillbridge.access;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;

/**
 * Makes of what a provider calls a person's roles one of ours, and nothing else: a claim that happens to say {@code admin}
 * counts only where the configuration says so. Who has none of them is known and may do nothing.
 */
@ApplicationScoped
class OidcRoles implements SecurityIdentityAugmentor {

    private static final int LONGEST_NAME = 100;

    private final OidcConfig config;

    OidcRoles(OidcConfig config) {
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom()
                .item(identity.getPrincipal() instanceof JsonWebToken person ? known(identity, person) : identity);
    }

    private SecurityIdentity known(SecurityIdentity identity, JsonWebToken person) {
        var known = QuarkusSecurityIdentity.builder().setPrincipal(person).addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes()).addAttribute(Caller.SIGNED_IN_BY, SignedInBy.OIDC)
                .addAttribute(Caller.NAME, name(person));
        role(identity.getRoles()).ifPresent(role -> known.addAttribute(Caller.ROLE, role).addRoles(role.included()));
        return known.build();
    }

    private Optional<Role> role(Set<String> theirs) {
        if (anyOf(config.admin(), theirs)) {
            return Optional.of(Role.ADMIN);
        }
        if (anyOf(config.operator(), theirs)) {
            return Optional.of(Role.OPERATOR);
        }
        return anyOf(config.viewer(), theirs) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private static boolean anyOf(Set<String> configured, Set<String> theirs) {
        return !Collections.disjoint(configured, theirs);
    }

    /** As the journal shows it: no key's name ends so. */
    private static String name(JsonWebToken person) {
        var name = String.valueOf(person.getName()).replaceAll("\\p{Cntrl}", "?");
        return (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name) + " (OIDC)";
    }
}
