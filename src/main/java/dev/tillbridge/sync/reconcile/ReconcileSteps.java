package dev.tillbridge.sync.reconcile;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;

/** The ordinary streams of a store, as a reconciliation has them take turns. Each turn stores what it reads as always. */
public interface ReconcileSteps {

    /** When the hour of the nightly reads last struck in this zone. */
    Instant lastNight(ZoneId zone, Instant now);

    /** The channels that are worked on. */
    Uni<List<ConnectedChannel>> channels();

    /** What changed in the store since the cursor, so that the cursor is fresh. */
    Uni<Void> storeChanges();

    /** The whole store, compared; nothing where that was done since this time already. */
    Uni<Void> wholeStore(Instant since);

    /** All of a till, compared, and then one turn of its stock. Fails for this till alone. */
    Uni<Void> wholeTill(ConnectedChannel channel);

    /** All sales of a till since the start of the import, compared; answers how many the till told of. */
    Uni<Long> wholeSales(ConnectedChannel channel);

    /** Everything that was found is worked on now. */
    void wake();
}
