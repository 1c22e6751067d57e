package dev.tillbridge.sync;

import java.util.List;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/**
 * What a person asks for.
 *
 * @param streams of orders, stock, prices, products, shipments
 * @param full reads both sides whole instead of what changed
 */
record RunRequest(@NotNull @NotEmpty List<@NotNull String> streams, boolean full) {}
