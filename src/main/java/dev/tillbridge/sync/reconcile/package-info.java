/**
 * Compares, once a night and when a person asks, what both sides hold with what the database believes, and tells each
 * difference, its class and who mends it. It writes nothing to either side: what it finds is stored as any reading is, and the
 * ordinary streams do the rest.
 */
package dev.tillbridge.sync.reconcile;
