package dev.tillbridge.channel;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;

@Path("/api/v1/integrations")
@Tag(name = "Channels")
class IntegrationResource {

    private final ChannelDirectory directory;

    IntegrationResource(ChannelDirectory directory) {
        this.directory = directory;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listIntegrations", summary = "List what can be connected", description = "Storefronts and tills: the fields of the form that connects each, and the scopes or permissions its credential needs.")
    public Page<Integration> list() {
        return Page.of(directory.integrations());
    }
}
