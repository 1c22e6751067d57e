package dev.tillbridge.event;

import java.util.UUID;
import java.util.function.Predicate;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.Roles;
import dev.tillbridge.channel.ChannelDirectory;

@Path("/api/v1/events")
@Tag(name = "Events")
class EventResource {

    /** How long a browser waits before it opens a stream that ended anew. */
    private static final long RECONNECT_MS = 2_000;

    private final EventFeeds feeds;
    private final EventListener listener;
    private final ChannelDirectory channels;
    private final Caller caller;

    EventResource(EventFeeds feeds, EventListener listener, ChannelDirectory channels, Caller caller) {
        this.feeds = feeds;
        this.listener = listener;
        this.channels = channels;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Roles.VIEWER)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @EventGate.Gated
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    // Proxies that gather answers would hold events back.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(operationId = "followEvents", summary = "Follow what changes", description = "Server-sent events named store, channel, order, run, recount and link, on whichever replica the change is made. An event is a hint to read again, its data the ids: storeId, channelId where it is a channel's, and id (of order the till's order id, of recount the item, of link the variant); without id so much changed at once that all of its kind is to be read again. No subject is told of more than twice a second. resync comes first, and whenever something may have been missed: read everything again that is shown. A comment comes after 15 quiet seconds. A stream ends after a quarter of an hour, and when a replica stops: open it again.")
    @APIResponse(responseCode = "200", description = "OK", content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = EventView.class)))
    public Multi<OutboundSseEvent> follow(
            @Parameter(description = "Only this channel's, and its store's own") @RestQuery UUID channelId, @Context Sse sse) {
        return wanted(channelId).onItem()
                .transformToMulti(wanted -> feeds.open(wanted, listener::joined).map(hint -> event(sse, hint)));
    }

    private Uni<Predicate<Hint>> wanted(UUID channelId) {
        if (channelId == null) {
            return Uni.createFrom().item(ofStore(caller.storeLimit().orElse(null)));
        }
        return channels.channel(channelId).invoke(channel -> caller.requireStore(channel.storeId()))
                .map(channel -> ofChannel(channelId, channel.storeId()));
    }

    private static Predicate<Hint> ofStore(UUID limit) {
        return hint -> limit == null || limit.equals(hint.storeId());
    }

    private static Predicate<Hint> ofChannel(UUID channelId, UUID storeId) {
        return hint -> channelId.equals(hint.channelId()) || (hint.channelId() == null && storeId.equals(hint.storeId()));
    }

    private static OutboundSseEvent event(Sse sse, Hint hint) {
        return switch (hint.kind()) {
            case KEEP_ALIVE -> sse.newEventBuilder().comment("all is well").build();
            case END -> sse.newEventBuilder().comment("open it again").reconnectDelay(RECONNECT_MS).build();
            default -> sse.newEventBuilder().name(hint.name()).data(EventView.class, EventView.of(hint)).build();
        };
    }
}
