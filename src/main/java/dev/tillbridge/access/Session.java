package dev.tillbridge.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser that is signed in.
 *
 * @param csrfToken what its pages send along when they change something; it follows from the cookie, which no page can read
 * @param endsAt when it is over at the latest
 */
record Session(UUID id, Holder holder, String csrfToken, Instant endsAt) {}
