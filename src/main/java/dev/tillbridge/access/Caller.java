package dev.tillbridge.access;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.security.identity.SecurityIdentity;

import dev.tillbridge.platform.ProblemCode;

/** Who sent the request. Resources pass it on, services ask it. */
@RequestScoped
public class Caller {

    static final String ROLE = "tillbridge.role";
    static final String NAME = "tillbridge.name";
    static final String STORE = "tillbridge.store";
    static final String SIGNED_IN_BY = "tillbridge.signed-in-by";
    static final String SESSION = "tillbridge.session";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The name of the key or person, as the journal shows it. */
    public String name() {
        var name = identity.<String>getAttribute(NAME);
        return name == null ? identity.getPrincipal().getName() : name;
    }

    public Role role() {
        return identity.<Role>getAttribute(ROLE);
    }

    SignedInBy signedInBy() {
        return identity.<SignedInBy>getAttribute(SIGNED_IN_BY);
    }

    /** The dashboard's session; empty where a key or a token was sent. */
    Optional<Session> session() {
        return Optional.ofNullable(identity.<Session>getAttribute(SESSION));
    }

    /** The one store this caller may see; empty where it may see all of them. */
    public Optional<UUID> storeLimit() {
        return Optional.ofNullable(identity.<UUID>getAttribute(STORE));
    }

    public boolean maySee(UUID storeId) {
        return storeLimit().map(storeId::equals).orElse(true);
    }

    /** Fails as if the store were not there where the caller is limited to another one: existence is told to nobody else. */
    public void requireStore(UUID storeId) {
        if (!maySee(storeId)) {
            throw ProblemCode.NOT_FOUND.problem(ProblemCode.NOTHING_TO_SEE);
        }
    }

    /** Fails where the caller is limited to one store: what concerns the installation is not for it. */
    public void requireWholeInstallation() {
        if (storeLimit().isPresent()) {
            throw ProblemCode.FORBIDDEN.problem("This key is limited to one store. Use one that is not.");
        }
    }
}
