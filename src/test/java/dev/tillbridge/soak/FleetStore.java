package dev.tillbridge.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.tillbridge.sync.TwoBooks;

/**
 * One store of the fleet with its tills, as connected.
 *
 * @param domain of the shop
 * @param id of the store in the service
 * @param inventory whether stock is kept in step
 * @param pieces SKUs sold by the piece
 * @param measured SKUs that are weighed
 * @param orders the sales of its tills so far, as they were made
 */
record FleetStore(String domain, String id, List<Till> tills, TwoBooks.Choices choices, boolean inventory, TwoBooks books,
        List<String> pieces, List<String> measured, List<String> orders) {

    static final int SAFETY = 3;

    /** @param channel its id in the service */
    record Till(String merchantId, String token, String channel) {}

    FleetStore(String domain, String id, List<Till> tills, TwoBooks.Choices choices, boolean inventory, TwoBooks books,
            List<String> pieces, List<String> measured) {
        this(domain, id, tills, choices, inventory, books, pieces, measured, Collections.synchronizedList(new ArrayList<>()));
    }

    List<String> sold() {
        synchronized (orders) {
            return List.copyOf(orders);
        }
    }
}
