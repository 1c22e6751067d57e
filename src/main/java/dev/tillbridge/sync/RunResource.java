package dev.tillbridge.sync;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
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
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.TimePosition;

@Path("/api/v1/channels/{id}/runs")
@Tag(name = "Runs")
class RunResource {

    private static final Set<String> STREAMS = Set.of("orders", "stock", "prices", "products", "shipments");

    private final RunLog log;
    private final ChannelDirectory channels;
    private final Caller caller;

    RunResource(RunLog log, ChannelDirectory channels, Caller caller) {
        this.log = log;
        this.channels = channels;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "requestRun", summary = "Ask for a run now", description = "stock: both sides are read (whole where full is true, else what changed), matched, and the till's stock is written where inventory sync is on. orders: new sales are found (full: all of the last days looked at), taken off the stock and made orders where order sync is on. prices: both sides are read and matched as for stock, and the till's prices are written where price sync is on; the run counts what was written and what was left alone, by the reason. shipments: what the store sent of imported orders (full: all of the last days) is written into the notes at the till where shipment sync is on. products: both sides are read likewise; products without an item are published, and items made follow, where product sync is on. The answer names the run to look up; where the same is waiting already, that one.")
    public Uni<RestResponse<Requested>> request(UUID id, @NotNull @Valid RunRequest request) {
        check(request.streams());
        return channel(id).chain(channel -> {
            if (!channel.status().active()) {
                throw ProblemCode.CONFLICT.problem("The channel is " + channel.status()
                        + ": resume it, or give it a new token, before asking for a run.");
            }
            return channels.store(channel.storeId()).invoke(store -> {
                if (!store.status().active()) {
                    throw ProblemCode.CONFLICT.problem("The store is " + store.status()
                            + ": give it new credentials, or resume it, before asking for a run.");
                }
            }).chain(() -> log.request(channel.storeId(), id, caller.name(), List.copyOf(Set.copyOf(request.streams())),
                    request.full()));
        }).map(run -> RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, new Requested(run))
                .location(URI.create("/api/v1/channels/" + id + "/runs/" + run)).build());
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listRuns", summary = "List the runs", description = "Newest first. Turns by the clock that changed nothing and failed nothing are not among them.")
    public Uni<Page<RunView>> list(UUID id,
            @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        TimePosition before = TimePosition.of(cursor);
        return channel(id).chain(channel -> log.page(id, before, limit));
    }

    @GET
    @Path("/failures")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "countRunFailures", summary = "Count what failed, by reason", description = "Rows that could not be done in the runs of the last days, the most frequent reason first, each with its latest case. What failed may have been done since: the next turn tries again.")
    public Uni<Page<FailureCount>> failures(UUID id,
            @Parameter(description = "Runs of so many days") @RestQuery @DefaultValue("7") @Min(1) @Max(90) int days) {
        return channel(id).chain(channel -> log.failures(id, days)).map(Page::of);
    }

    @GET
    @Path("/{runId}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getRun", summary = "Show a run", description = "While it goes on, too: its phase, how many so far and of how many, and what failed with the reason.")
    public Uni<RunDetails> get(UUID id, UUID runId) {
        return channel(id).chain(channel -> log.run(id, runId))
                .onItem().ifNull().failWith(() -> ProblemCode.NOT_FOUND.problem("This channel has no such run."));
    }

    /** @param id the run to look up */
    record Requested(UUID id) {}

    private static void check(List<String> streams) {
        for (String stream : streams) {
            if (!STREAMS.contains(stream)) {
                throw ProblemCode.VALIDATION_FAILED.problem(
                        "There is no stream '" + stream + "'. Take of orders, stock, prices, products, shipments.",
                        Map.of("violations", List.of(Map.of("field", "streams", "message", "has an unknown stream"))));
            }
        }
    }

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }
}
