package dev.tillbridge.order;

import java.math.BigDecimal;

/**
 * The store's answer to a new order.
 *
 * @param total the store's own sum, to be compared with ours; null where it did not say
 * @param requestId what the vendor's support asks for; null where the answer had none
 */
public record CreatedOrder(String id, String name, BigDecimal total, BigDecimal tax, String currency, String requestId) {}
