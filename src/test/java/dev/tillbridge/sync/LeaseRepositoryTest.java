package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

/** Who may work on a store, and that nobody else can write. */
class LeaseRepositoryTest {

    private static final Duration LEASE = Duration.ofSeconds(60);

    private static PlainDatabase database;
    private LeaseRepository leases;

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
        database.run("delete from channel");
        database.run("delete from store");
        leases = new LeaseRepository(database.pool());
    }

    @Test
    void a_store_is_claimed_by_one_and_shared_out_among_many() {
        for (int i = 0; i < 20; i++) {
            store(true);
        }
        List<Uni<Map<UUID, Long>>> claims = new ArrayList<>();
        for (int replica = 0; replica < 4; replica++) {
            claims.add(leases.claim("replica-" + replica, LEASE, 8).map(LeaseRepositoryTest::fences));
        }

        List<Map<UUID, Long>> won = PlainDatabase.get(Uni.join().all(claims).andFailFast());

        assertThat(won.stream().mapToInt(Map::size).sum()).isEqualTo(20);
        assertThat(won.stream().flatMap(map -> map.keySet().stream())).doesNotHaveDuplicates();
        assertThat(won(leases.claim("late", LEASE, 8))).isEmpty();
    }

    private static Map<UUID, Long> won(Uni<List<LeaseRepository.Claim>> claim) {
        return fences(PlainDatabase.get(claim));
    }

    private static Map<UUID, Long> fences(List<LeaseRepository.Claim> claims) {
        return claims.stream().collect(Collectors.toMap(LeaseRepository.Claim::storeId, LeaseRepository.Claim::fence));
    }

    @Test
    void the_next_lease_of_somebody_else_to_end_is_known_and_what_is_taken_over_is_told_apart() {
        UUID store = store(true);
        assertThat(PlainDatabase.get(leases.claim("a", LEASE, 8))).extracting(LeaseRepository.Claim::takenOver)
                .containsExactly(false);
        assertThat(PlainDatabase.get(leases.nextEnd("b", LEASE.plusSeconds(1)))).isBetween(LEASE.minusSeconds(5), LEASE);
        assertThat(PlainDatabase.get(leases.nextEnd("b", LEASE.minusSeconds(10)))).as("beyond the horizon").isNull();
        assertThat(PlainDatabase.get(leases.nextEnd("a", LEASE.plusSeconds(1)))).as("its own").isNull();

        expire(store);
        assertThat(PlainDatabase.get(leases.nextEnd("b", LEASE))).as("ended already").isNull();
        assertThat(PlainDatabase.get(leases.claim("b", LEASE, 8))).extracting(LeaseRepository.Claim::takenOver)
                .containsExactly(true);
    }

    @Test
    void a_store_without_an_active_channel_is_nobodys() {
        store(false);
        assertThat(won(leases.claim("a", LEASE, 8))).isEmpty();
    }

    @Test
    void a_lease_that_ran_out_goes_to_the_next_with_a_higher_number_and_cannot_be_renewed() {
        UUID store = store(true);
        long first = won(leases.claim("a", LEASE, 1)).get(store);
        expire(store);

        assertThat(PlainDatabase.get(leases.renew("a", LEASE, List.of(store)))).isEmpty();
        long second = won(leases.claim("b", LEASE, 1)).get(store);

        assertThat(second).isGreaterThan(first);
        assertThat(PlainDatabase.get(leases.renew("b", LEASE, List.of(store)))).containsEntry(store, second);
    }

    @Test
    void a_released_store_is_free_at_once_or_after_a_rest() {
        UUID store = store(true);
        won(leases.claim("a", LEASE, 1));
        PlainDatabase.get(leases.release("a", List.of(store), Duration.ZERO));
        assertThat(won(leases.claim("b", LEASE, 1))).containsKey(store);

        PlainDatabase.get(leases.release("b", List.of(store), Duration.ofMinutes(1)));
        assertThat(won(leases.claim("c", LEASE, 1))).isEmpty();
        PlainDatabase.get(leases.due(store));
        assertThat(won(leases.claim("c", LEASE, 1))).containsKey(store);
    }

    @Test
    void an_earlier_holder_writes_nothing_however_late_it_wakes() {
        UUID store = store(true);
        Fence earlier = fence(store, won(leases.claim("a", LEASE, 1)).get(store));
        assertThat(write(earlier)).isEqualTo(1);
        expire(store);
        assertThatThrownBy(() -> write(earlier)).as("ran out").isInstanceOf(Fence.Lost.class);
        Fence later = fence(store, won(leases.claim("b", LEASE, 1)).get(store));

        assertThatThrownBy(() -> write(earlier)).as("taken over").isInstanceOf(Fence.Lost.class);
        assertThat(write(later)).isEqualTo(1);
    }

    @Test
    void a_store_whose_earlier_holder_is_just_committing_is_passed_over() {
        UUID store = store(true);
        Fence holder = fence(store, won(leases.claim("a", LEASE, 1)).get(store));
        AtomicBoolean taken = new AtomicBoolean(true);

        PlainDatabase.get(database.transactions().write(holder, connection -> {
            // The lease runs out while the transaction is open; another connection tries to claim.
            return database.pool().query("update store_lease set held_until = now() - interval '1 second'").execute()
                    .chain(() -> leases.claim("b", LEASE, 1)).invoke(claimed -> taken.set(!claimed.isEmpty()))
                    .replaceWith(1);
        }));

        assertThat(taken).isFalse();
        assertThat(won(leases.claim("b", LEASE, 1))).containsKey(store);
    }

    private int write(Fence fence) {
        return PlainDatabase.get(database.transactions().write(fence, connection -> connection
                .query("update store set name = name where id = '" + fence.storeId() + "'").execute()
                .map(rows -> rows.rowCount())));
    }

    private static Fence fence(UUID store, long number) {
        return new HeldLease(store, number, System.nanoTime(), LEASE);
    }

    private static void expire(UUID store) {
        database.run("update store_lease set held_until = now() - interval '1 second' where store_id = $1", store);
    }

    private static UUID store(boolean withChannel) {
        UUID store = UUID.randomUUID();
        database.run("""
                insert into store (id, shop_domain, name, currency, taxes_included, timezone, credential_kind, webhooks_verifiable,
                  scopes_granted, scopes_missing, status)
                values ($1, $2, 's', 'USD', false, 'UTC', 'ACCESS_TOKEN', false, '{}', '{}', 'CONNECTED')""", store,
                store.toString());
        database.run("insert into store_lease (store_id) values ($1)", store);
        if (withChannel) {
            database.run("""
                    insert into channel (id, store_id, name, integration, region, merchant_id, merchant_name, currency, timezone,
                      vat, track_stock, update_stock, merchant_read_at, permissions_granted, permissions_missing,
                      permissions_unverified, status, settings)
                    values ($1, $2, 'c', 'clover', 'us', $3, 'm', 'USD', 'UTC', false, true, true, now(), '{}', '{}', '{}',
                      'CONNECTED', '{}')""", UUID.randomUUID(), store, store.toString());
        }
        return store;
    }
}
