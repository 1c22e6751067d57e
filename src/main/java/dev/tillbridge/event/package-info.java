/**
 * Tells people's screens what has changed, as it is committed, on whichever replica: the database's triggers say so by
 * {@code NOTIFY}, and each reader gets it as server-sent events. Events are hints to read again, never the news itself.
 */
package dev.tillbridge.event;
