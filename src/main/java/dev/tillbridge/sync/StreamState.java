package dev.tillbridge.sync;

import java.time.Instant;

/**
 * How far a stream has been read.
 *
 * @param position the vendor's time up to which all is stored, less an overlap; null before the first full read
 * @param fullReadAt the database's time at which the last whole full read ended; null before the first
 * @param wanted whether another one is wanted
 * @param parameters what the last full read asked for beyond the ordinary
 */
record StreamState(Instant position, Instant fullReadAt, boolean wanted, String parameters) {

    static final StreamState NEVER_READ = new StreamState(null, null, false, "");

    boolean neverRead() {
        return fullReadAt == null;
    }
}
