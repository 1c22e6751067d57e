package dev.tillbridge.sync;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

class SuccessLogTest {

    private static final String STREAM = "till-scan";
    private static PlainDatabase database;

    private final SuccessLog successes = new SuccessLog(database.pool());
    private final StreamStateRepository states = new StreamStateRepository(database.pool(), database.transactions());

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void good_turns_of_many_stores_are_noted_and_end_their_errors() {
        Fence one = failedLongAgo();
        Fence other = failedLongAgo();

        successes.succeeded(one, one.storeId(), STREAM);
        successes.succeeded(other, other.storeId(), STREAM);
        get(successes.write());

        assertThat(noted(one.storeId())).isTrue();
        assertThat(noted(other.storeId())).isTrue();
    }

    @Test
    void a_turn_of_a_lease_that_went_on_to_somebody_else_is_not_noted_and_keeps_nobody_elses_out() {
        Fence gone = failedLongAgo();
        Fence held = failedLongAgo();
        database.run("update store_lease set fence = fence + 1 where store_id = $1", gone.storeId());

        successes.succeeded(gone, gone.storeId(), STREAM);
        successes.succeeded(held, held.storeId(), STREAM);
        get(successes.write());

        assertThat(noted(gone.storeId())).isFalse();
        assertThat(noted(held.storeId())).isTrue();
    }

    @Test
    void what_failed_before_it_was_noted_is_not() {
        Fence fence = failedLongAgo();

        successes.succeeded(fence, fence.storeId(), STREAM);
        successes.forget(fence.storeId(), STREAM);
        get(successes.write());

        assertThat(noted(fence.storeId())).isFalse();
    }

    @Test
    void it_waits_for_nobody_who_writes_a_row() {
        Fence busy = failedLongAgo();
        Fence idle = failedLongAgo();
        successes.succeeded(busy, busy.storeId(), STREAM);
        successes.succeeded(idle, idle.storeId(), STREAM);

        get(database.pool().withTransaction(connection -> connection
                .preparedQuery("select 1 from stream_state where owner_id = $1 for update").execute(Tuple.of(busy.storeId()))
                .chain(successes::write)));

        assertThat(noted(idle.storeId())).isTrue();
        assertThat(noted(busy.storeId())).isFalse();
    }

    private Fence failedLongAgo() {
        Fence fence = database.leasedStore();
        get(states.failed(fence, fence.storeId(), STREAM, "The till did not answer"));
        return fence;
    }

    private static boolean noted(UUID owner) {
        return database.count("""
                select count(*) from stream_state
                where owner_id = $1 and last_error is null and last_success_at > clock_timestamp() - interval '1 minute'
                """, owner) == 1;
    }
}
