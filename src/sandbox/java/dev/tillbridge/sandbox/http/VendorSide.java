package dev.tillbridge.sandbox.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.MultiMap;

import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.StockRow;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** One simulated vendor. All methods are called on the sandbox's event loop. */
public interface VendorSide {

    /** {@code clover} or {@code shopify}: the side's name in the control API. */
    String name();

    /** What the request calls. Has no effect and throws nothing: what cannot be found is an operation that answers 404. */
    Operation route(VendorRequest request);

    /**
     * Whether the request comes in under the vendor's rate limits, before anything is done.
     *
     * @return the refusal, or empty; after empty, {@link #finished} is called once the answer has left or was broken off
     */
    default Optional<VendorAnswer> admit(VendorRequest request) {
        return Optional.empty();
    }

    /** The answer to an admitted request has left or was broken off. */
    default void finished(VendorRequest request) {}

    /** The vendor's own form of a 429 (fault TOO_MANY_REQUESTS). */
    VendorAnswer tooManyRequests();

    /** The vendor's own form of a 5xx (faults SERVER_ERROR_…). */
    VendorAnswer serverError();

    /** Adds this side's calls of the control API. */
    void controls(ControlRoutes routes);

    /**
     * Where a seeded catalogue goes.
     *
     * @param merchantId of the till; of no meaning to Shopify
     * @param shop domain of the shop, null for the demo shop; of no meaning to Clover
     * @throws IllegalArgumentException if there is no such merchant or shop
     */
    CatalogTarget catalog(String merchantId, String shop);

    /**
     * Opens a further account, a shop or a merchant, with credentials of its own.
     *
     * @return its id first ({@code shop} or {@code merchantId}), then what is needed to connect it
     */
    Map<String, String> open();

    /** Stock of every item or variant, for {@code GET /_sandbox/state}; {@code query} as sent (sku, merchantId). */
    List<StockRow> stock(MultiMap query);

    /** Orders as the book holds them, for {@code GET /_sandbox/state}; each an object Jackson can write. */
    default List<?> orders(MultiMap query) {
        return List.of();
    }

    /** Empty, as at the start. */
    void reset();
}
