package dev.tillbridge.access;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/session")
@Tag(name = "Access")
class SessionResource {

    private final Caller caller;

    SessionResource(Caller caller) {
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getSession", summary = "Who am I", description = "The name and role of the key that was sent, and the one store it is limited to, if any.")
    public Session session() {
        return new Session(caller.name(), caller.role(), caller.storeLimit().orElse(null));
    }

    record Session(String name, Role role, UUID storeId) {}
}
