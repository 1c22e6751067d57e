package dev.tillbridge.sync.reconcile;

import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Event;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.StoreChanged;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.TimePosition;

@Path("/api/v1/stores/{id}/reconciliations")
@Tag(name = "Reconciliations")
class ReconciliationResource {

    private final ReconciliationLog log;
    private final ChannelDirectory channels;
    private final Caller caller;
    private final Event<StoreChanged> changed;

    ReconciliationResource(ReconciliationLog log, ChannelDirectory channels, Caller caller, Event<StoreChanged> changed) {
        this.log = log;
        this.channels = channels;
        this.caller = caller;
        this.changed = changed;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "requestReconciliation", summary = "Compare both sides whole", description = "Reads the store and its tills whole and compares them with what the database believes, each paid till order since importFrom with the store's orders, and the money of each day. What it finds is stored as any reading is, and the ordinary streams mend it. It goes beside everything else and delays nothing. The answer names the reconciliation to look up. One at a time: 409 where one is under way.")
    public Uni<RestResponse<Requested>> request(UUID id) {
        return store(id).chain(store -> active(store)).chain(() -> log.request(id, caller.name()))
                .onItem().ifNull().failWith(() -> ProblemCode.RECONCILIATION_UNDER_WAY.problem(
                        "A reconciliation of this store waits or goes on: look it up in the list, and ask again once it has ended."))
                .invoke(() -> changed.fire(new StoreChanged(id)))
                .map(made -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, new Requested(made))
                        .location(URI.create("/api/v1/stores/" + id + "/reconciliations/" + made)).build());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listReconciliations", summary = "List the reconciliations", description = "Newest first, each with its differences by class. Reports are kept for 90 days (tillbridge.reconcile.kept-for).")
    public Uni<Page<ReconciliationView>> list(UUID id,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        TimePosition before = TimePosition.of(cursor);
        return store(id).chain(store -> log.page(id, before, limit));
    }

    @GET
    @Path("/{reconciliationId}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getReconciliation", summary = "Show a reconciliation", description = "What was compared; the differences in figures by channel, class, kind and reason, with sizes and ages; the money of each business day on both sides; and the first rows of each kind (tillbridge.reconcile.kept-rows), each with who mends it. MISSED_CHANGE: following the changes should have shown it. FOREIGN_WRITE: something else wrote what Tillbridge had set. OUR_FAILURE: failed, held or unfinished here.")
    public Uni<ReconciliationDetails> get(UUID id, UUID reconciliationId) {
        return store(id).chain(store -> log.one(id, reconciliationId))
                .onItem().ifNull().failWith(() -> ProblemCode.NOT_FOUND.problem("This store has no such reconciliation."));
    }

    /** @param id the reconciliation to look up */
    record Requested(UUID id) {}

    private Uni<ConnectedStore> store(UUID id) {
        return Uni.createFrom().deferred(() -> {
            caller.requireStore(id);
            return channels.store(id);
        });
    }

    private Uni<Void> active(ConnectedStore store) {
        if (!store.status().active()) {
            throw ProblemCode.CONFLICT.problem("The store is " + store.status()
                    + ": give it new credentials, or resume it, before comparing it.");
        }
        return channels.channels(store.id()).invoke(all -> {
            if (all.stream().noneMatch(channel -> channel.status().active())) {
                throw ProblemCode.CONFLICT.problem("No channel of this store is worked on: connect or resume one first.");
            }
        }).replaceWithVoid();
    }
}
