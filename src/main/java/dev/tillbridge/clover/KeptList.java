package dev.tillbridge.clover;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;

/**
 * A short list of a till's that its orders point into, kept for an hour. An id that is not in makes it be read again, at
 * most once a minute. Where the token may not read it, or the till has none, it is empty.
 */
final class KeptList<R extends CloverRow> {

    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final long SHORTEST = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = Logger.getLogger(KeptList.class);

    private final Supplier<Uni<List<R>>> list;
    private final LongSupplier nanos;
    private volatile Kept<R> kept;

    /** @param nanos monotonic */
    KeptList(Supplier<Uni<List<R>>> list, LongSupplier nanos) {
        this.list = list;
        this.nanos = nanos;
    }

    /** The rows by id; those asked for are in where the till has them. Two who ask at once may both read it. */
    Uni<Map<String, R>> with(Set<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Kept<R> known = kept;
        if (known != null && known.serves(ids, nanos.getAsLong())) {
            return Uni.createFrom().item(known.rows());
        }
        return Uni.createFrom().deferred(list::get)
                .map(rows -> keep(rows, false))
                .onFailure(KeptList::refused).recoverWithItem(failure -> {
                    LOG.infof("Names are left out: %s", failure.getMessage());
                    return keep(List.of(), true);
                });
    }

    private Map<String, R> keep(List<R> rows, boolean refused) {
        Map<String, R> byId = new HashMap<>();
        rows.forEach(row -> byId.put(row.id(), row));
        Kept<R> read = new Kept<>(Map.copyOf(byId), nanos.getAsLong(), refused);
        kept = read;
        return read.rows();
    }

    private static boolean refused(Throwable failure) {
        return failure instanceof ConnectorException.Unauthorized || failure instanceof ConnectorException.Rejected;
    }

    private record Kept<R>(Map<String, R> rows, long since, boolean refused) {

        boolean serves(Set<String> ids, long now) {
            long age = now - since;
            return age < LONGEST && (refused || age < SHORTEST || rows.keySet().containsAll(ids));
        }
    }
}
