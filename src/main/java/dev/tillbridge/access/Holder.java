package dev.tillbridge.access;

import java.util.UUID;

import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/**
 * Who a key or a session stands for.
 *
 * @param storeId the one store that may be seen; null where all of them may
 * @param keyId of the API key; null for the bootstrap key, and for a person whom an OpenID provider knows
 */
record Holder(SignedInBy by, String name, Role role, UUID storeId, UUID keyId) {

    static Holder bootstrap() {
        return new Holder(SignedInBy.API_KEY, BootstrapKey.NAME, Role.ADMIN, null, null);
    }

    static Holder of(ApiKey key) {
        return new Holder(SignedInBy.API_KEY, key.name(), key.role(), key.storeId(), key.id());
    }

    QuarkusSecurityIdentity.Builder identity() {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(role.included())
                .addAttribute(Caller.ROLE, role).addAttribute(Caller.SIGNED_IN_BY, by);
        return storeId == null ? identity : identity.addAttribute(Caller.STORE, storeId);
    }
}
