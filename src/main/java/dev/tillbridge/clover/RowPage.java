package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;

/**
 * A page of one of Clover's lists.
 *
 * @param asOf the time asked for before this page was; null where none is needed
 * @param vendorTime Clover's own time when it answered
 */
record RowPage<R>(List<R> rows, Instant asOf, Instant vendorTime) {}
