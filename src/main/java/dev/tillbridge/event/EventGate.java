package dev.tillbridge.event;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.UUID;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.access.Caller;
import dev.tillbridge.channel.ChannelDirectory;

/**
 * Refuses a channel that the caller cannot see, and a reader too many: the status of an answer that streams is sent before its
 * resource could look.
 */
class EventGate {

    static final String CHANNEL = "channelId";

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Gated {
    }

    private final EventFeeds feeds;
    private final ChannelDirectory channels;
    private final Caller caller;

    EventGate(EventFeeds feeds, ChannelDirectory channels, Caller caller) {
        this.feeds = feeds;
        this.channels = channels;
        this.caller = caller;
    }

    @ServerRequestFilter
    @Gated
    public Uni<RestResponse<Void>> check(UriInfo uri) {
        feeds.requireRoom();
        UUID channelId = id(uri.getQueryParameters().getFirst(CHANNEL));
        return channelId == null
                ? Uni.createFrom().nullItem()
                : channels.channel(channelId).invoke(channel -> caller.requireStore(channel.storeId()))
                        .onItem().transformToUni(known -> Uni.createFrom().nullItem());
    }

    /** Null where there is none; what is no id is refused where the parameter is read. */
    private static UUID id(String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
