package dev.tillbridge.event;

import java.util.Locale;
import java.util.UUID;

/**
 * Something changed, and where to read it again.
 *
 * @param channelId null where it is the store's
 * @param id null where so much changed at once that all of its kind is to be read again
 */
record Hint(Kind kind, UUID storeId, UUID channelId, String id) {

    /** Anything may have changed unseen. */
    static final Hint RESYNC = new Hint(Kind.RESYNC, null, null, null);
    /** Nothing changed; it only keeps the connection from being taken for dead. */
    static final Hint KEEP_ALIVE = new Hint(Kind.KEEP_ALIVE, null, null, null);
    /** The stream ends; another one may be opened at once. */
    static final Hint END = new Hint(Kind.END, null, null, null);

    private static final String NONE = "-";

    enum Kind {
        STORE,
        CHANNEL,
        ORDER,
        RUN,
        RECOUNT,
        LINK,
        RESYNC,
        KEEP_ALIVE,
        END
    }

    /**
     * @param payload {@code <kind> <store> <channel or -> <id>}, the last where there is one
     * @throws IllegalArgumentException where it is none of this version's
     */
    static Hint parse(String payload) {
        String[] words = payload.split(" ", 4);
        if (words.length < 3) {
            throw new IllegalArgumentException("Too short: " + payload);
        }
        return new Hint(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), UUID.fromString(words[1]),
                words[2].equals(NONE) ? null : UUID.fromString(words[2]), words.length > 3 ? words[3] : null);
    }

    /** The event's name. */
    String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
