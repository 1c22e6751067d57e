package dev.tillbridge.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;

import dev.tillbridge.platform.ProblemCode;

/** The readers of events on this replica. */
@ApplicationScoped
class EventFeeds {

    /** Each holds a connection and some hundred hints. */
    private static final int MOST = 1_000;

    private final Vertx vertx;
    private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventFeeds(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * A reader's stream. Once the replica is to stop it ends at once: a browser that is refused never comes back, one whose stream
     * ends does.
     *
     * @param joined called when the reader is among those who are told
     */
    Multi<Hint> open(Predicate<Hint> wanted, Consumer<EventFeed> joined) {
        return Multi.createFrom().deferred(() -> {
            EventFeed feed = new EventFeed(vertx, wanted);
            feeds.add(feed);
            if (closed) {
                feed.close();
            } else {
                joined.accept(feed);
            }
            return feed.hints().onTermination().invoke(() -> leave(feed));
        });
    }

    /** Fails where there are so many readers already that another one is too much. */
    void requireRoom() {
        if (feeds.size() >= MOST) {
            throw ProblemCode.BUSY.problem("This replica has " + MOST + " readers of events already. Try again in a minute.");
        }
    }

    boolean isEmpty() {
        return feeds.isEmpty();
    }

    void each(Consumer<EventFeed> told) {
        feeds.forEach(told);
    }

    void close() {
        closed = true;
        each(EventFeed::close);
    }

    private void leave(EventFeed feed) {
        feeds.remove(feed);
        feed.forget();
    }
}
