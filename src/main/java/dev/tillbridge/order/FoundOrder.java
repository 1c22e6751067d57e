package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;

/** An order of the store that carries an identity of ours, found by looking. */
public record FoundOrder(String id, String name, String identity, Instant createdAt, boolean cancelled, BigDecimal total) {}
