package dev.tillbridge.sync;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

class StreamStateRepositoryTest {

    private static final String STREAM = "storefront";
    private static PlainDatabase database;

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
    void a_whole_read_that_is_wanted_while_another_goes_on_is_still_wanted_after_it() {
        Fence fence = database.leasedStore();
        Instant first = now();
        read(fence, first);
        assertThat(wanted(fence)).isFalse();

        Instant second = now();
        get(states.fullReadWanted(fence, fence.storeId(), STREAM));
        read(fence, second);
        assertThat(wanted(fence)).as("wanted since that one began").isTrue();

        read(fence, now());
        assertThat(wanted(fence)).isFalse();
    }

    private void read(Fence fence, Instant began) {
        get(states.fullyRead(fence, fence.storeId(), STREAM, began, "", began));
    }

    private boolean wanted(Fence fence) {
        return get(states.state(fence.storeId(), STREAM)).wanted();
    }

    private static Instant now() {
        return Instant.parse(
                database.texts("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                        .get(0));
    }
}
