package dev.tillbridge.sync;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class RunFailuresTest {

    @Inject
    Pool pool;

    private PlainDatabase database;
    private Fence fence;
    private UUID channel;

    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), "{}");
    }

    @Test
    void failuresAreCountedByReasonWithTheirLatestCase() {
        UUID run = run("0 days");
        fail(run, "stock", "rejected", "stock:A", "Refused A");
        fail(run, "stock", "rejected", "stock:B", "Refused B");
        fail(run, "prices", "throttled", "price:A", "Too fast");
        answer("/" + run).body("failureCounts", hasSize(2)).body("failureCounts[0].code", equalTo("rejected"))
                .body("failureCounts[0].failures", equalTo(2)).body("failureCounts[0].subject", equalTo("stock:B"))
                .body("failureCounts[0].message", equalTo("Refused B")).body("failureRows", hasSize(3));
    }

    @Test
    void aChannelsFailuresAreThoseOfItsRunsOfTheLastDays() {
        fail(run("1 days"), "stock", "rejected", "stock:A", "Refused A");
        fail(run("6 days"), "stock", "rejected", "stock:B", "Refused B");
        fail(run("8 days"), "stock", "throttled", "stock:C", "Too fast");
        UUID other = channel;
        channel = database.channel(fence.storeId(), "{}");
        fail(run("0 days"), "orders", "rejected", "order:X", "Another till's");
        channel = other;
        answer("/failures").body("items.code", equalTo(List.of("rejected"))).body("items[0].failures", equalTo(2));
        answer("/failures?days=30").body("items.code", equalTo(List.of("rejected", "throttled")));
    }

    private UUID run(String ago) {
        UUID run = UUID.randomUUID();
        database.run("insert into run (id, store_id, channel_id, trigger, streams, is_full, status, requested_at) "
                + "values ($1, $2, $3, 'SCHEDULE', '{stock}', false, 'WARNING', now() - $4::text::interval)", run,
                fence.storeId(), channel, ago);
        return run;
    }

    private void fail(UUID run, String stream, String code, String subject, String message) {
        database.run("insert into run_failure (run_id, stream, subject, code, message) values ($1, $2, $3, $4, $5)", run,
                stream, subject, code, message);
    }

    private ValidatableResponse answer(String rest) {
        return given().header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY)
                .get("/api/v1/channels/" + channel + "/runs" + rest).then().statusCode(200);
    }
}
