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
    static final String STORE = "tillbridge.store";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The name of the key or user, as the journal shows it. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    public Role role() {
        return identity.<Role>getAttribute(ROLE);
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
