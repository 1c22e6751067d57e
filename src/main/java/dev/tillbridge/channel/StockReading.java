package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.time.Instant;

/** What the till showed for one item; {@code quantity} null where it has none, {@code asOf} the database's time before asking. */
public record StockReading(String itemId, BigDecimal quantity, Instant asOf) {}
