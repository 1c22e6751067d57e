package dev.tillbridge.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.Api;
import dev.tillbridge.channel.FakeVendors;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.EventReader;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TestHTTPResource("/")
    URI address;
    @Inject
    Pool pool;

    private PlainDatabase database;
    private UUID store;
    private UUID channel;

    @BeforeEach
    void oneChannel() {
        Api.empty(pool);
        database = PlainDatabase.over(pool);
        store = Api.connectStore("events.myshopify.com");
        channel = Api.connectChannel(store, "Main Street", Api.MERCHANT);
    }

    @Test
    void changesAreToldOfWhenTheyAreCommitted() throws Exception {
        try (EventReader reader = open(SandboxResource.BOOTSTRAP_KEY, "")) {
            Api.admin().body(Map.of("name", "Corner")).patch("/api/v1/channels/" + channel).then().statusCode(200);
            var told = reader.event("channel", data -> data.path("id").asText().equals(channel.toString())).data();
            assertThat(told.path("storeId").asText()).isEqualTo(store.toString());
            assertThat(told.path("channelId").asText()).isEqualTo(channel.toString());

            sale("A1", channel);
            reader.event("order", data -> data.path("id").asText().equals("A1"));
            database.run(
                    "insert into link (channel_id, store_id, variant_id, item_id, origin, created_by) values ($1, $2, 'v1', 'i1', 'MANUAL', 't')",
                    channel, store);
            reader.event("link", data -> data.path("id").asText().equals("v1"));
            database.run("insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status)"
                    + " values ($1, $2, $3, 'i1', 'v1', 1, 2, 'OPEN')", UUID.randomUUID(), channel, store);
            reader.event("recount", data -> data.path("id").asText().equals("i1"));
            var run = UUID.randomUUID();
            database.run("insert into run (id, store_id, channel_id, trigger, streams, is_full, status)"
                    + " values ($1, $2, $3, 'SCHEDULE', '{stock}', false, 'RUNNING')", run, store, channel);
            reader.event("run", data -> data.path("id").asText().equals(run.toString()));
            database.run("update store set name = 'Another' where id = $1", store);
            reader.event("store", data -> data.path("id").asText().equals(store.toString()) && !data.has("channelId"));
        }
    }

    @Test
    void whatOnlyTheEngineSeesOfASaleIsNotToldAndManyRowsAreToldOfAsOne() throws Exception {
        sale("quiet", channel);
        try (EventReader reader = open(SandboxResource.BOOTSTRAP_KEY, "")) {
            database.run("update sale set look_at = now(), looks = looks + 1, attempts = 3 where channel_id = $1", channel);
            database.run("insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)"
                    + " select $1, $2, 'many' || n, 'many' || n, 'MATCHED', 't' from generate_series(1, 500) n", channel,
                    store);
            var told = reader.event("link", data -> data.path("channelId").asText().equals(channel.toString()));
            assertThat(told.data().has("id")).isFalse();
            assertThat(reader.events()).noneMatch(event -> event.name().equals("order"));
        }
    }

    @Test
    void aReaderIsToldOfItsChannelAndOfItsKeysStoreAlone() throws Exception {
        var other = Api.connectStore("other.myshopify.com");
        var sibling = Api.connectChannel(store, "Harbour", "B000000000002");
        var key = Api.key("viewer", store);
        try (EventReader limited = open(key, "");
                EventReader ofChannel = open(SandboxResource.BOOTSTRAP_KEY, "?channelId=" + channel)) {
            sale("theirs", sibling);
            database.run("update store set name = 'Others' where id = $1", other);
            database.run("update store set name = 'Ours' where id = $1", store);
            sale("ours", channel);

            limited.event("order", data -> data.path("id").asText().equals("ours"));
            limited.event("order", data -> data.path("id").asText().equals("theirs"));
            assertThat(limited.events()).allMatch(event -> !event.data().has("storeId")
                    || event.data().path("storeId").asText().equals(store.toString()));
            ofChannel.event("order", data -> data.path("id").asText().equals("ours"));
            ofChannel.event("store", data -> data.path("id").asText().equals(store.toString()));
            assertThat(ofChannel.events()).noneMatch(event -> event.data().path("id").asText().equals("theirs"));
        }
        Api.problem(Api.as(key).accept("*/*").get("/api/v1/events?channelId=" + foreign(other)).then(), 404, "not-found");
    }

    @Test
    void anotherReplicasChangesAndALostConnectionAreHeardOf() throws Exception {
        try (EventReader reader = open(SandboxResource.BOOTSTRAP_KEY, "")) {
            database.run("select pg_notify('tillbridge_event', $1)", "order " + store + " " + channel + " elsewhere");
            reader.event("order", data -> data.path("id").asText().equals("elsewhere"));

            reader.forget();
            database.run("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and query in ('listen tillbridge_event', 'select 1')");
            reader.event("resync", data -> true);
            sale("afterwards", channel);
            reader.event("order", data -> data.path("id").asText().equals("afterwards"));
        }
    }

    @Test
    void itStopsListeningOnceTheLastReaderHasGone() throws Exception {
        EventReader reader = open(SandboxResource.BOOTSTRAP_KEY, "");
        assertThat(listening()).isEqualTo(1);
        reader.close();
        await().atMost(SOON).until(() -> listening() == 0);
    }

    @Test
    void nothingIsToldWhereNoReplicaHasReaders() {
        await().atMost(SOON).until(() -> listening() == 0);
        database.run("delete from event_listener");
        List<String> heard = new CopyOnWriteArrayList<>();
        var connection = PlainDatabase.get(pool.getConnection().map(PgConnection::cast));
        try {
            connection.notificationHandler(notification -> heard.add(notification.getPayload()));
            PlainDatabase.get(connection.query("listen tillbridge_event").execute());
            sale("unheard", channel);
            database.run(
                    "insert into event_listener (replica, heard_until) values (gen_random_uuid(), now() + interval '1 minute')");
            sale("heard", channel);
            await().atMost(SOON).until(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("order " + store + " " + channel + " heard");
        } finally {
            PlainDatabase.get(connection.query("unlisten *").execute());
            PlainDatabase.get(connection.close());
            database.run("delete from event_listener");
        }
    }

    @Test
    void nobodyListensWithoutAKeyOrToAChannelThatIsNotThere() {
        Api.problem(given().get("/api/v1/events").then(), 401, "unauthenticated");
        Api.problem(Api.as("tbk_wrong").get("/api/v1/events").then(), 401, "unauthenticated");
        Api.problem(Api.admin().get("/api/v1/events?channelId=" + UUID.randomUUID()).then(), 404, "not-found");
        Api.problem(given().get("/api/v1/events?channelId=" + UUID.randomUUID()).then(), 401, "unauthenticated");
    }

    /** Opened, and told to read everything once. */
    private EventReader open(String key, String query) throws Exception {
        EventReader reader = EventReader.open(address.toString().replaceAll("/$", ""), key, query);
        reader.event("resync", data -> true);
        return reader;
    }

    private UUID foreign(UUID other) {
        return Api.connectChannel(other, "Theirs", "B000000000003");
    }

    private long listening() {
        return database.count("select count(*) from pg_stat_activity where datname = current_database()"
                + " and query in ('listen tillbridge_event', 'select 1')");
    }

    private void sale(String posOrderId, UUID of) {
        database.run(
                "insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status, pos_created_at)"
                        + " values ($1, $2, 'clover', $3, $4, $5, $6, 'SEEN', now())",
                UUID.randomUUID(), store + ".myshopify.com",
                of.toString(), posOrderId, store, of);
    }
}
