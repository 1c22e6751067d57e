package dev.tillbridge.sync;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;

/**
 * Notes that streams without news had good turns, those of all stores in one statement: a thousand quiet stores must cost the
 * database little.
 */
@ApplicationScoped
class SuccessLog {

    private static final Logger LOG = Logger.getLogger(SuccessLog.class);

    /**
     * Under the lease as every write, which is looked at for each row. A row that somebody else is writing is left to them: it waits
     * for nobody, so that it is never part of a deadlock.
     */
    private static final String WRITE = """
            with had as (
              select s.owner_id, s.stream from stream_state s
              join unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[]) as good(store_id, fence, owner_id, stream)
                on s.owner_id = good.owner_id and s.stream = good.stream
              join store_lease l on l.store_id = good.store_id and l.fence = good.fence and l.held_until > clock_timestamp()
              for update of s skip locked)
            update stream_state set last_pass_at = clock_timestamp(), last_success_at = clock_timestamp(), last_error = null
            from had where stream_state.owner_id = had.owner_id and stream_state.stream = had.stream
            """;

    private record Key(UUID owner, String stream) {}

    private final Pool pool;
    private final Map<Key, Fence> waiting = new ConcurrentHashMap<>();

    SuccessLog(Pool pool) {
        this.pool = pool;
    }

    /** Written within about a second. Only for a stream that has a row. */
    void succeeded(Fence fence, UUID owner, String stream) {
        waiting.put(new Key(owner, stream), fence);
    }

    /** It failed since: what is not written yet is not true any more. */
    void forget(UUID owner, String stream) {
        waiting.remove(new Key(owner, stream));
    }

    @Scheduled(identity = "successes", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        List<Map.Entry<Key, Fence>> good = List.copyOf(waiting.entrySet());
        if (good.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        good.forEach(each -> waiting.remove(each.getKey(), each.getValue()));
        UUID[] stores = good.stream().map(each -> each.getValue().storeId()).toArray(UUID[]::new);
        Long[] fences = good.stream().map(each -> each.getValue().number()).toArray(Long[]::new);
        UUID[] owners = good.stream().map(each -> each.getKey().owner()).toArray(UUID[]::new);
        String[] streams = good.stream().map(each -> each.getKey().stream()).toArray(String[]::new);
        return pool.preparedQuery(WRITE).execute(Tuple.of(stores, fences, owners, streams)).replaceWithVoid()
                // The next turn of each says it again.
                .onFailure()
                .invoke(failure -> LOG.warnf("%d good turns could not be noted: %s", good.size(), failure.getMessage()))
                .onFailure().recoverWithNull();
    }
}
