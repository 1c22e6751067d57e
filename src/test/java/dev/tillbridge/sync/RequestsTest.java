package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.Api;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

/** What people ask of channels, where no engine takes it away. */
@QuarkusTest
@TestProfile(RequestsTest.WithoutEngine.class)
@QuarkusTestResource(SandboxResource.class)
class RequestsTest {

    @Inject
    Pool pool;
    @Inject
    ChannelDirectory directory;

    private PlainDatabase database;
    private UUID store;
    private UUID channel;

    @BeforeEach
    void oneChannel() {
        Api.empty(pool);
        database = PlainDatabase.over(pool);
        store = database.leasedStore().storeId();
        channel = database.channel(store, "{}");
    }

    @Test
    void theSameRunIsAskedForOnceAsLongAsItWaits() {
        var first = ask(false);
        assertThat(ask(false)).isEqualTo(first);
        var full = ask(true);
        assertThat(full).isNotEqualTo(first);
        database.run("update run set status = 'RUNNING' where id = $1", UUID.fromString(first));
        assertThat(ask(false)).as("one under way may have read already").isNotIn(first, full);
    }

    @Test
    void aRunOfAStoreThatIsStoppedIsRefused() {
        database.run("update store set status = 'UNAUTHORIZED' where id = $1", store);
        Api.problem(Api.admin().body(request(false)).post(runs()).then(), 409, "conflict");
        assertThat(database.count("select count(*) from run where store_id = $1", store)).isZero();
    }

    @Test
    void aPauseCancelsWhatWaits() {
        var run = ask(false);
        Api.admin().post("/api/v1/channels/" + channel + "/pause").then().statusCode(200);
        assertThat(outcome(run)).isEqualTo("CANCELLED: Paused by bootstrap");
    }

    @Test
    void aDeletedChannelLeavesNothingWaiting() {
        var run = ask(true);
        Api.admin().delete("/api/v1/channels/" + channel).then().statusCode(204);
        assertThat(outcome(run)).isEqualTo("CANCELLED: The channel was deleted");
    }

    @Test
    void refusedCredentialsCancelWhatWaits() {
        var run = ask(false);
        Api.await(directory.unauthorized(channel, "The token was refused."));
        assertThat(outcome(run)).isEqualTo("CANCELLED: The token was refused.");

        var second = database.channel(store, "{}");
        var other = Api.admin().body(request(false)).post("/api/v1/channels/" + second + "/runs").then().statusCode(202)
                .extract().jsonPath().getString("id");
        Api.await(directory.storeUnauthorized(store, "The shop was refused."));
        assertThat(outcome(other)).isEqualTo("CANCELLED: The shop was refused.");
    }

    @Test
    void aPauseOutlivesARefusedTokenAndSaysWhatIsWrong() {
        Api.admin().post("/api/v1/channels/" + channel + "/pause").then().statusCode(200);
        Api.await(directory.unauthorized(channel, "The token was refused."));
        Api.await(directory.unauthorized(channel, "The token was refused."));

        assertThat(database.texts("select status || ': ' || status_reason from channel where id = $1", channel))
                .containsExactly("PAUSED: Paused by bootstrap\nThe token was refused.");
        assertThat(database.count("select count(*) from journal where channel_id = $1 and kind = 'status-changed'", channel))
                .isEqualTo(1);

        database.run("update channel set status = 'CONNECTED', status_reason = null where id = $1", channel);
        Api.await(directory.unauthorized(channel, "The token was refused."));
        assertThat(database.texts("select status || ': ' || status_reason from channel where id = $1", channel))
                .containsExactly("UNAUTHORIZED: The token was refused.");
    }

    @Test
    void whatAnotherStoreHasIsAnsweredLikeWhatDoesNotExist() {
        var mine = database.leasedStore().storeId();
        var key = Api.key("admin", mine);
        database.run(
                "insert into journal (store_id, channel_id, subject, kind, cause, actor) values ($1, $2, 'channel', 'k', 'c', 'a')",
                store, channel);
        var run = "/runs/" + ask(false);

        for (var part : List.of("", "/settings", "/settings/choices", "/links", "/links/counts", "/links/export",
                "/links/1/journal", "/runs", run, "/recounts", "/journal")) {
            same(id -> Api.as(key).get("/api/v1/channels/" + id + part), channel);
        }
        for (var part : List.of("/pause", "/resume", "/check")) {
            same(id -> Api.as(key).post("/api/v1/channels/" + id + part), channel);
        }
        same(id -> Api.as(key).body(request(false)).post("/api/v1/channels/" + id + "/runs"), channel);
        same(id -> Api.as(key).delete("/api/v1/channels/" + id), channel);
        same(id -> Api.as(key).get("/api/v1/stores/" + id), store);
        same(id -> Api.as(key).delete("/api/v1/stores/" + id), store);
        same(id -> Api.as(key).get("/api/v1/channels?storeId=" + id), store);
    }

    /** The whole answers, but for the id that was sent. */
    private static void same(Function<UUID, Response> call, UUID hidden) {
        var nobody = UUID.randomUUID();
        var answer = call.apply(hidden);
        var none = call.apply(nobody);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString().replace(hidden.toString(), "ID")).contains("not-found")
                .isEqualTo(none.asString().replace(nobody.toString(), "ID"));
        assertThat(answer.contentType()).isEqualTo(none.contentType());
    }

    private String ask(boolean full) {
        return Api.admin().body(request(full)).post(runs()).then().statusCode(202).extract().jsonPath().getString("id");
    }

    private String runs() {
        return "/api/v1/channels/" + channel + "/runs";
    }

    private static Map<String, Object> request(boolean full) {
        return Map.of("streams", List.of("stock"), "full", full);
    }

    private String outcome(String run) {
        return database.texts("select status || ': ' || error from run where id = $1 and finished_at is not null",
                UUID.fromString(run)).get(0);
    }

    /** The service with nobody working on the stores. */
    public static final class WithoutEngine implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tillbridge.sync.enabled", "false");
        }
    }
}
