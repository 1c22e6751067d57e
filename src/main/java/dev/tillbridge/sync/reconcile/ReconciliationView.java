package dev.tillbridge.sync.reconcile;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A reconciliation as the API shows it.
 *
 * @param trigger REQUEST or NIGHTLY
 * @param status REQUESTED, RUNNING, SUCCEEDED, PARTIAL (a till could not be compared: see {@code error}) or FAILED
 * @param phase what it is at while it runs; null otherwise
 * @param attempts how often it was begun: where the replica at it stops, the next one begins it anew
 * @param compared how many variants, levels, items, sales and orders were compared
 * @param differences how many there were, by class
 * @param forAPerson how many of them wait for a person
 */
record ReconciliationView(UUID id, UUID storeId, String trigger, String requestedBy, String status, String phase, String error,
        int attempts, Instant requestedAt, Instant startedAt, Instant finishedAt, Map<String, Long> compared,
        Map<String, Long> differences, long forAPerson) {}
