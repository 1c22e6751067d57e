package dev.tillbridge.channel;

import java.util.List;

/**
 * A store's shipping methods.
 *
 * @param names each once, in the shop's order
 * @param whole whether these are all: a shop may have more than one read shows
 */
public record ShippingMethods(List<String> names, boolean whole) {

    public ShippingMethods {
        names = List.copyOf(names);
    }
}
