package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.Level;

/** The levels an adjustment touched, read after it. {@code asOf}: the database's time after the adjustment was confirmed and before that read. */
public record AdjustedLevels(List<Level> levels, Instant asOf) {}
