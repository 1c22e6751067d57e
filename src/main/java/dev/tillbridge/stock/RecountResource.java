package dev.tillbridge.stock;

import java.util.List;
import java.util.Locale;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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

@Path("/api/v1/channels/{id}/recounts")
@Tag(name = "Recounts")
class RecountResource {

    private static final Set<String> STATUSES = Set.of("OPEN", "SETTLING", "SETTLED");

    private final RecountService recounts;
    private final ChannelDirectory channels;
    private final Caller caller;

    RecountResource(RecountService recounts, ChannelDirectory channels, Caller caller) {
        this.recounts = recounts;
        this.channels = channels;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "listRecounts", summary = "List the recounts", description = "Quantities that were changed on the till by neither a sale nor Tillbridge. Open ones wait for a person; until then the till is only ever lowered.")
    public Uni<Page<RecountView>> list(UUID id,
            @Parameter(description = "Only these", schema = @Schema(type = SchemaType.STRING, enumeration = {
                    "OPEN", "SETTLING", "SETTLED"})) @RestQuery String status,
            @Parameter(description = "nextCursor of the page before") @RestQuery UUID cursor,
            @RestQuery @DefaultValue("50") @Min(1) @Max(500) int limit) {
        String wanted = status == null ? null : status.toUpperCase(Locale.ROOT);
        if (wanted != null && !STATUSES.contains(wanted)) {
            throw ProblemCode.INVALID_REQUEST.problem("status is one of OPEN, SETTLING, SETTLED");
        }
        return channel(id).chain(channel -> recounts.list(id, wanted, cursor, limit + 1)).map(found -> {
            List<RecountView> shown = found.size() > limit ? found.subList(0, limit) : found;
            return new Page<>(shown, found.size() > limit ? shown.get(limit - 1).id().toString() : null);
        });
    }

    @POST
    @Path("/{itemId}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "decideRecount", summary = "Decide on a recount", description = "OVERWRITE: the till gets the store's figure again. ADOPT: the difference counted at the till goes to the store's stock. It is done in the next turn of the stock stream.")
    public Uni<RestResponse<Void>> decide(UUID id, String itemId, @NotNull @Valid Decision decision) {
        return channel(id).chain(channel -> recounts.decide(channel, itemId, decision.resolution(), caller.name()))
                .replaceWith(RestResponse.accepted());
    }

    record Decision(@NotNull RecountResolution resolution) {}

    private Uni<ConnectedChannel> channel(UUID id) {
        return channels.channel(id).invoke(channel -> caller.requireStore(channel.storeId()));
    }
}
