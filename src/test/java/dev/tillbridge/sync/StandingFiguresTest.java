package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.sync.StandingFigures.Figures;

/** What alerts and the autoscaler are told of the database. */
class StandingFiguresTest {

    private static PlainDatabase database;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.run("delete from sale");
        database.run("delete from channel");
        database.run("delete from store");
    }

    @Test
    void anEmptyInstallationHasNoTrouble() {
        assertThat(read()).isEqualTo(new Figures(0, 0, 0, 0, 0));
    }

    @Test
    void aStoreWaitsWhileItIsDueAndNobodyHoldsIt() {
        // Given
        UUID held = store("CONNECTED");
        UUID free = store("CONNECTED");
        UUID resting = store("CONNECTED");
        store("PAUSED");
        database.run("update store_lease set owner = null, held_until = null where store_id <> $1", held);
        database.run("update store_lease set due_at = now() + interval '1 minute' where store_id = $1", resting);

        // When // Then
        assertThat(read().storesWaiting()).isEqualTo(1);
        assertThat(PlainDatabase.get(new LeaseRepository(database.pool()).claim("a", Duration.ofMinutes(1), 10)))
                .as("just what can be claimed").extracting(LeaseRepository.Claim::storeId).containsExactly(free);
        assertThat(read().storesWaiting()).isZero();
    }

    @Test
    void heldSalesAndRefusedCredentialsAreCounted() {
        // Given
        UUID store = store("CONNECTED");
        UUID channel = channelOf(store);
        sale(channel, "HELD", "2 hours");
        sale(channel, "HELD", "5 minutes");
        sale(channel, "IMPORTED", "3 days");
        // Its channel was disconnected: nobody can act on it.
        sale(null, "HELD", "9 days");
        store("UNAUTHORIZED");
        database.run("update channel set status = 'UNAUTHORIZED' where id = $1", channel);

        // When
        Figures figures = read();

        // Then
        assertThat(figures.salesHeld()).isEqualTo(2);
        assertThat(figures.heldSinceSeconds()).isBetween(7200.0, 7260.0);
        assertThat(figures.storesRefused()).isEqualTo(1);
        assertThat(figures.channelsRefused()).isEqualTo(1);
    }

    private static Figures read() {
        return PlainDatabase.get(new StandingFigures(database.pool()).read());
    }

    private static UUID store(String status) {
        Fence fence = database.leasedStore();
        database.run("update store set status = $2 where id = $1", fence.storeId(), status);
        database.channel(fence.storeId(), "{}");
        return fence.storeId();
    }

    private static UUID channelOf(UUID store) {
        return UUID.fromString(database.texts("select id from channel where store_id = $1", store).get(0));
    }

    private static void sale(UUID channel, String status, String age) {
        database.run("""
                     insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, channel_id, status, pos_created_at, changed_at)
                     values ($1, 'shop', 'clover', 'merchant', $2, $3, $4, now(), clock_timestamp() - $5::text::interval)
                     """, UUID.randomUUID(), UUID.randomUUID().toString(), channel, status, age);
    }
}
