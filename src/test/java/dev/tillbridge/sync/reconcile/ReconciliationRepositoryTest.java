package dev.tillbridge.sync.reconcile;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vertx.mutiny.pgclient.PgConnection;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.Replica;
import dev.tillbridge.sync.reconcile.ReconciliationRepository.Taken;
import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** How reconciliations begin and end, with a holder that stops in between. */
class ReconciliationRepositoryTest {

    private static PlainDatabase database;

    private final ReconciliationRepository reconciliations = new ReconciliationRepository(database.pool(),
            database.transactions());
    private final ReconciliationLog log = new ReconciliationLog(database.pool(), new Replica());
    private final DifferenceRepository differences = new DifferenceRepository();

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void whichever_replica_holds_the_store_is_told_of_what_is_asked_for() {
        Fence fence = database.leasedStore();
        Replica asking = new Replica();
        List<String> heard = new CopyOnWriteArrayList<>();
        PgConnection listener = get(database.pool().getConnection().map(PgConnection::cast));
        listener.notificationHandler(notification -> heard.add(notification.getPayload()));
        get(listener.query("listen tillbridge_due").execute());

        get(new ReconciliationLog(database.pool(), asking).request(fence.storeId(), "Office"));

        Awaitility.await().until(() -> heard.contains(fence.storeId() + " changed " + asking.id()));
        get(listener.query("unlisten *").execute().chain(listener::close));
    }

    @Test
    void one_is_under_way_at_a_time_and_the_next_holder_begins_it_anew() {
        // Given
        Fence fence = database.leasedStore();
        UUID asked = get(log.request(fence.storeId(), "Office"));

        // When
        assertThat(get(log.request(fence.storeId(), "Office"))).isNull();
        Taken taken = get(reconciliations.take(fence));
        add(fence, taken.id(), 3);
        get(reconciliations.resume(fence));

        // Then
        assertThat(taken.id()).isEqualTo(asked);
        assertThat(get(log.request(fence.storeId(), "Office"))).isNull();
        assertThat(get(reconciliations.take(fence)).id()).isEqualTo(asked);
        assertThat(get(reconciliations.take(fence))).isNull();
        ReconciliationView shown = get(log.one(fence.storeId(), asked)).reconciliation();
        assertThat(shown.attempts()).isEqualTo(2);
        assertThat(shown.differences()).isEmpty();
    }

    @Test
    void what_a_whole_read_found_is_told_again_where_the_holder_stopped_and_goes_with_the_end() {
        // Given
        Fence fence = database.leasedStore();
        UUID id = get(log.request(fence.storeId(), "Office"));
        get(reconciliations.take(fence));
        database.run("""
                insert into read_difference (store_id, owner_id, kind, subject, stored, found, units, changed_at, followed_to)
                values ($1, $1, 'LEVEL', 'level:1@1', '5', '3', -2, now() - interval '2 days', now() - interval '1 day')""",
                fence.storeId());
        ReadingJudge judge = new ReadingJudge(differences, new ReconcileJournal(new Journal()), database.pool(),
                database.transactions());

        // When
        get(judge.judge(fence, id));
        get(reconciliations.resume(fence));
        get(reconciliations.take(fence));
        get(judge.judge(fence, id));

        // Then
        assertThat(get(log.one(fence.storeId(), id)).rows()).hasSize(1);
        get(database.transactions().write(fence, connection -> differences.sumUp(connection, id, 5)
                .chain(() -> reconciliations.end(connection, id, "SUCCEEDED", null, Map.of()))));
        assertThat(get(log.one(fence.storeId(), id)).reconciliation().differences())
                .containsExactly(Map.entry("MISSED_CHANGE", 1L));
        assertThat(database.count("select count(*) from read_difference")).isZero();
    }

    @Test
    void all_are_counted_and_the_first_rows_kept() {
        // Given
        Fence fence = database.leasedStore();
        UUID id = get(log.request(fence.storeId(), "Office"));
        get(reconciliations.take(fence));
        add(fence, id, 12);

        // When
        get(database.transactions().write(fence, connection -> differences.sumUp(connection, id, 5)
                .chain(() -> reconciliations.end(connection, id, "SUCCEEDED", null, Map.of("levels", 40L)))));

        // Then
        ReconciliationDetails shown = get(log.one(fence.storeId(), id));
        assertThat(shown.reconciliation().differences()).containsExactly(Map.entry("MISSED_CHANGE", 12L));
        assertThat(shown.counts()).singleElement().satisfies(count -> {
            assertThat(count.differences()).isEqualTo(12);
            assertThat(count.units()).isEqualByComparingTo("24");
            assertThat(count.channelId()).isNull();
        });
        assertThat(shown.rows()).hasSize(5);
        assertThat(get(reconciliations.state(fence.storeId())).finishedAt()).isNotNull();
        assertThat(get(log.request(fence.storeId(), "Office"))).isNotNull();
    }

    private void add(Fence fence, UUID reconciliation, int rows) {
        Verdict verdict = new Verdict(Origin.MISSED_CHANGE, "not-told", "It was changed", Repair.STORED);
        List<Difference> some = IntStream.range(0, rows)
                .mapToObj(i -> new Difference(fence.storeId(), "LEVEL", "level:" + i + "@1",
                        verdict, "5", "3", BigDecimal.valueOf(-2), null, null, null))
                .toList();
        get(database.transactions().write(fence, connection -> differences.add(connection, reconciliation, some)));
    }
}
