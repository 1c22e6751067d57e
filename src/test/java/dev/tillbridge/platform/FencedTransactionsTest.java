package dev.tillbridge.platform;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

class FencedTransactionsTest {

    private static PlainDatabase database;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void a_hanging_transaction_is_ended_by_the_database_and_its_settings_end_with_it() {
        var fence = database.leasedStore();
        assertThat(get(database.transactions().write(fence, FencedTransactionsTest::timeouts))).isEqualTo("10s 0");
        assertThat(get(database.transactions().alone(fence.storeId(), FencedTransactionsTest::timeouts))).isEqualTo("10s 20s");
        assertThat(get(database.pool().withConnection(FencedTransactionsTest::timeouts))).isEqualTo("0 0");
    }

    @Test
    void a_change_that_waits_too_long_for_its_turn_is_told_to_come_again() {
        var fence = database.leasedStore();
        assertThatThrownBy(() -> get(database.transactions().write(fence, holder -> Uni.join().all(
                // Busy, for the database ends one that is idle for half of that.
                holder.query("select pg_sleep(22)").execute().replaceWithVoid(),
                database.transactions().alone(fence.storeId(), connection -> Uni.createFrom().voidItem())).andFailFast())))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> {
                    assertThat(problem.getStatusCode()).isEqualTo(503);
                    assertThat(problem.getParameters()).containsEntry("code", "busy");
                });
    }

    private static Uni<String> timeouts(SqlConnection connection) {
        return connection.query("""
                                select current_setting('idle_in_transaction_session_timeout') || ' ' || current_setting('lock_timeout')
                                """).execute().map(rows -> rows.iterator().next().getString(0));
    }
}
