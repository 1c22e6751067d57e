package dev.tillbridge.webhook;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;

@Path("/api/v1/webhooks/demands")
@Tag(name = "Webhooks")
class DemandResource {

    private final Demands demands;
    private final Caller caller;

    DemandResource(Demands demands, Caller caller) {
        this.demands = demands;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "listDemands", summary = "List what shops' platforms demanded", description = "Uninstalled apps, customers' data requests, and the erasure of customers and shops (Shopify's compliance webhooks), also of stores that were deleted: the latest 500, newest first, with what was done about each.")
    public Uni<Page<DemandView>> list() {
        caller.requireWholeInstallation();
        return demands.list().map(Page::of);
    }
}
