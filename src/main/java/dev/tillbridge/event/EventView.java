package dev.tillbridge.event;

import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An event's data.
 *
 * @param channelId missing where it is the store's
 * @param id of the sale (the till's order id), run, recount (item), link (variant), channel or store; missing where so much changed
 *            at once that all of its kind is to be read again
 */
// No signature of a resource names it.
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventView(UUID storeId, UUID channelId, String id) {

    static EventView of(Hint hint) {
        return new EventView(hint.storeId(), hint.channelId(), hint.id());
    }
}
