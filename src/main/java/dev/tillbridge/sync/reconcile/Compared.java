package dev.tillbridge.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.Fence;

/** How much of what was compared so far, and which tills could not be. */
final class Compared {

    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    synchronized void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    synchronized void failed(String channel, Throwable failure) {
        failures.add(channel + ": " + message(failure));
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Null where all could be compared. */
    synchronized String error() {
        return failures.isEmpty() ? null : "Not compared: " + String.join("; ", failures);
    }

    /** What a person may read: a connector's words, else only what kind of fault of ours it was. */
    static String message(Throwable failure) {
        if (failure instanceof ConnectorException) {
            return failure.getMessage();
        }
        if (failure instanceof NotConnectedException || failure instanceof Fence.Lost) {
            return "It is paused or disconnected, or its token is refused";
        }
        return "Something went wrong here (" + failure.getClass().getSimpleName() + "); the log has the details";
    }
}
