package dev.tillbridge.channel;

import java.util.ArrayList;
import java.util.List;

import dev.tillbridge.order.OrderType;

/**
 * What mappings of shipment sync are picked from, as till and store have it now.
 *
 * @param orderTypes of the till; null where they could not be read
 * @param methods of the store; null where they could not be read
 * @param unread why a list is missing; empty where none is
 */
record MappingChoices(List<OrderType> orderTypes, ShippingMethods methods, List<Warning> unread) {

    /** Nobody asked, so nothing is known to be wrong. */
    static final MappingChoices NOT_ASKED = new MappingChoices(null, null, List.of());

    MappingChoices {
        unread = List.copyOf(unread);
    }

    /** Whether the till surely has no such order type. */
    boolean lacksType(String id) {
        return orderTypes != null && orderTypes.stream().noneMatch(type -> type.id().equals(id));
    }

    /** Whether the store surely has no such shipping method. */
    boolean lacksMethod(String name) {
        return methods != null && methods.whole() && !methods.names().contains(name);
    }

    /** What of these settings' mappings no longer stands for anything, and what could not be looked at. */
    List<Warning> warnings(ChannelSettings.ShipmentSync settings) {
        var warnings = new ArrayList<>(unread);
        for (var index = 0; index < settings.mappings().size(); index++) {
            var mapping = settings.mappings().get(index);
            var field = "shipmentSync.mappings[" + index + "]";
            if (lacksType(mapping.channelMethod())) {
                warnings.add(new Warning("order-type-gone", field + ": the till has no order type " + mapping.channelMethod()
                        + " any more, so no new sale has it. Map the one that took its place, or remove the mapping."));
            }
            if (lacksMethod(mapping.storeMethod())) {
                warnings.add(new Warning("shipping-method-unknown", field + ": the store's delivery profiles have no method \""
                        + mapping.storeMethod()
                        + "\". Orders arrive with that name all the same; choose one of theirs unless it is meant."));
            }
        }
        return List.copyOf(warnings);
    }
}
