package dev.tillbridge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The codes by which a till's vendor verifies the webhook address. Anybody can post one, so only the latest few are kept. */
@ApplicationScoped
class Verifications {

    private static final String KEEP = """
            insert into webhook_verification (integration, code) values ($1, $2)
            on conflict (integration, code) do update set received_at = clock_timestamp()
            """;

    private static final String FORGET = """
            delete from webhook_verification where integration = $1 and code not in (
              select code from webhook_verification where integration = $1 order by received_at desc, code limit 20)
            """;

    private static final String LATEST = """
            select code, received_at from webhook_verification
            where integration = $1 and received_at > clock_timestamp() - interval '1 day' order by received_at desc, code
            """;

    private static final int MOST_IN_A_MINUTE = 10;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Pool pool;
    /** When the last ones were let in, by {@link System#nanoTime()}. */
    private final Deque<Long> admitted = new ArrayDeque<>();

    Verifications(Pool pool) {
        this.pool = pool;
    }

    record Code(String code, Instant receivedAt) {}

    /** Whether this replica takes one more now: a vendor sends one when a person asks it to. */
    boolean admits() {
        long now = System.nanoTime();
        synchronized (admitted) {
            while (!admitted.isEmpty() && now - admitted.peek() > MINUTE) {
                admitted.poll();
            }
            return admitted.size() < MOST_IN_A_MINUTE && admitted.add(now);
        }
    }

    Uni<Void> keep(String integration, String code) {
        return pool.preparedQuery(KEEP).execute(Tuple.of(integration, code))
                .chain(() -> pool.preparedQuery(FORGET).execute(Tuple.of(integration))).replaceWithVoid();
    }

    /** Those of the last day, the latest first. */
    Uni<List<Code>> latest(String integration) {
        return pool.preparedQuery(LATEST)
                .execute(Tuple.of(integration))
                .map(rows -> rows.stream().map(row -> new Code(row.getString("code"), SqlTime.instant(row, "received_at")))
                        .toList());
    }
}
