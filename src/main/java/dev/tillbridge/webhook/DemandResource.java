package dev.tillbridge.webhook;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;

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
    @Operation(operationId = "listDemands", summary = "List what shops' platforms demanded", description = "Uninstalled apps, customers' data requests, and the erasure of customers and shops (Shopify's compliance webhooks), also of stores that were deleted: the latest 500, newest first, with what was done about each. What has waitingSince waits for a person: a data request until it is said to be answered, the erasure of a shop that is at work until its store is deleted.")
    public Uni<Page<DemandView>> list() {
        caller.requireWholeInstallation();
        return demands.list().map(Page::of);
    }

    @POST
    @Path("/{id}/answered")
    @RolesAllowed(Roles.ADMIN)
    @Operation(operationId = "answerDemand", summary = "Say that a customer's data request was answered", description = "A customer asked the shop what is kept of them; the demand's steps say what is held here and where it can be read. Once somebody has answered the customer, this ends the waiting, the mails about it and the count in the metrics. 409 where no data request of this id waits.")
    public Uni<RestResponse<Void>> answered(UUID id) {
        caller.requireWholeInstallation();
        return demands.answered(id, caller.name()).map(waited -> {
            if (!waited) {
                throw ProblemCode.CONFLICT.problem("No data request of this id waits for an answer: look it up in the list.");
            }
            return RestResponse.noContent();
        });
    }
}
