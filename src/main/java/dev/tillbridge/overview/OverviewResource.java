package dev.tillbridge.overview;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.platform.ProblemCode;

@Path("/api/v1/channels/{id}/overview")
@Tag(name = "Channels")
class OverviewResource {

    private final OverviewRepository overviews;
    private final ChannelDirectory channels;
    private final Caller caller;

    OverviewResource(OverviewRepository overviews, ChannelDirectory channels, Caller caller) {
        this.overviews = overviews;
        this.channels = channels;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getOverview", summary = "Show how a channel stands", description = "What is turned on; the sales of the store's day so far and how many of them are orders by now; how many sales and recounts wait for a person; how many linked items the till shows in another quantity than it should, null where stock is not kept in step. Its status, lag and last sale are the channel's own.")
    public Uni<ChannelOverview> get(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId())).chain(overviews::read)
                .onItem().ifNull().failWith(() -> ProblemCode.NOT_FOUND.problem(ProblemCode.NOTHING_TO_SEE));
    }
}
