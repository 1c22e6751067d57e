package dev.tillbridge.product;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A product as the API shows it.
 *
 * @param status OPEN (something is still to be made), DONE, FAILED (tried again), HELD (a person must look)
 * @param reason why it is not done; null where it is
 * @param group the till's group, null for none
 * @param items how many items were made of it
 * @param leftOut its variants that have no item, or no place in the group, and why
 */
@RegisterForReflection
record ProductView(String productId, String title, String status, String code, String reason, String group, String category,
        int items, List<Left> leftOut, Instant retryAt, Instant updatedAt) {

    /** @param variantId null where it is the product as a whole */
    @RegisterForReflection
    record Left(String variantId, String code, String reason) {}
}
