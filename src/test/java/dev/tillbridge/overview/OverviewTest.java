package dev.tillbridge.overview;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.Api;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OverviewTest {

    @Inject
    Pool pool;

    private PlainDatabase database;
    private Fence fence;

    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        fence = database.leasedStore();
    }

    @Test
    void aChannelWithNothingOnHasNothingToTell() {
        overview(channel("{}")).statusCode(200).body("on", empty()).body("today.sales", equalTo(0))
                .body("today.imported", equalTo(0)).body("today.total", nullValue()).body("orders", equalTo(0))
                .body("recounts", equalTo(0)).body("outOfStep", nullValue());
    }

    @Test
    void whatIsOnIsNamedAsTheStreamsOfARunAre() {
        overview(channel("""
                {"orderSync":{"enabled":true},"shipmentSync":{"enabled":true},"inventorySync":{"enabled":true},
                 "priceSync":{"enabled":true},"productSync":{"enabled":true}}"""))
                .body("on", contains("orders", "shipments", "stock", "prices", "products"));
    }

    @Test
    void todayIsTheStoresDayAndCountsWhatBecameAnOrder() {
        var channel = channel("{\"orderSync\":{\"enabled\":true}}");
        database.run("update store set timezone = 'Pacific/Kiritimati' where id = $1", fence.storeId());
        var midnight = "date_trunc('day', now() at time zone 'Pacific/Kiritimati') at time zone 'Pacific/Kiritimati'";
        sale(channel, "JUST", "IMPORTED", midnight, "7.50");
        sale(channel, "LATER", "IMPORTED", "now()", "0.05");
        sale(channel, "WAITS", "WAITING", "now()", null);
        sale(channel, "SKIPPED", "SKIPPED", "now()", null);
        sale(channel, "YESTERDAY", "IMPORTED", midnight + " - interval '1 second'", "100");

        overview(channel).body("today.sales", equalTo(3)).body("today.imported", equalTo(2))
                .body("today.total.amount", equalTo("7.55")).body("today.total.currency", equalTo("USD"));
    }

    @Test
    void whatWaitsForAPersonIsCounted() {
        var channel = channel("{}");
        sale(channel, "HELD", "HELD", "now()", null);
        sale(channel, "STRANGE", "IMPORTED", "now()", "1");
        database.run("update sale set problem_code = 'double-order', problem = 'There are two' where channel_id = $1"
                + " and pos_order_id = 'STRANGE'", channel);
        recount(channel, "OPEN");
        recount(channel, "SETTLED");

        overview(channel).body("orders", equalTo(2)).body("recounts", equalTo(1));
    }

    @Test
    void itemsOutOfStepAreThoseTheTillShowsOtherwise() {
        var channel = channel("{\"inventorySync\":{\"enabled\":true,\"safetyStock\":2}}");
        database.run("insert into location (store_id, id, name, active, is_primary) values ($1, 'L', 'Shop', true, true)",
                fence.storeId());
        link(channel, "right", 10, "8");
        link(channel, "high", 10, "9");
        link(channel, "empty", 10, null);

        overview(channel).body("outOfStep", equalTo(2));

        String links = "/api/v1/channels/" + channel + "/links";
        Api.admin().get(links + "?outOfStep=true").then().statusCode(200)
                .body("items.variant.title", containsInAnyOrder("high", "empty"));
        Api.admin().get(links + "?outOfStep=true&status=linked&limit=1").then().statusCode(200)
                .body("items.size()", equalTo(1)).body("nextCursor", notNullValue());
        Api.admin().get(links + "?outOfStep=true&status=drifted").then().statusCode(200).body("items", empty());
        Api.admin().get(links + "?outOfStep=true&q=high").then().statusCode(200).body("items.size()", equalTo(1));
        Api.admin().get(links + "/export?outOfStep=true").then().statusCode(200)
                .body(containsString("high"), not(containsString("right")));
        Api.problem(Api.admin().get(links + "?outOfStep=true&status=unlinked").then(), 400, "invalid-request");
    }

    @Test
    void aKeyOfAnotherStoreSeesNothing() {
        var channel = channel("{}");
        var other = database.leasedStore().storeId();
        Api.problem(Api.as(Api.key("admin", other)).get("/api/v1/channels/" + channel + "/overview").then(), 404, "not-found");
        Api.problem(Api.admin().get("/api/v1/channels/" + UUID.randomUUID() + "/overview").then(), 404, "not-found");
    }

    private UUID channel(String settings) {
        return database.channel(fence.storeId(), settings);
    }

    private static ValidatableResponse overview(UUID channel) {
        return Api.admin().get("/api/v1/channels/" + channel + "/overview").then();
    }

    /** @param madeAt SQL; {@code storeTotal}: null where it has no order */
    private void sale(UUID channel, String id, String status, String madeAt, String storeTotal) {
        database.run("insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status,"
                + " pos_created_at, store_order_id, store_total) values (gen_random_uuid(), $1, 'clover', $1, $2, $3, $4, $5, "
                + madeAt + ", $6, $7::text::numeric)", fence.storeId().toString(), id, fence.storeId(), channel, status,
                storeTotal == null ? null : "order-" + id, storeTotal);
    }

    private void recount(UUID channel, String status) {
        database.run("insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status)"
                + " values (gen_random_uuid(), $1, $2, $3, 'v', 5, 3, $3)", channel, fence.storeId(), status);
    }

    private void link(UUID channel, String id, int available, String quantity) {
        database.run("insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of)"
                + " values ($1, $2, $2, $2, $2, 'ACTIVE', true, now())", fence.storeId(), id);
        database.run("insert into level (store_id, inventory_item_id, location_id, available, as_of)"
                + " values ($1, $2, 'L', $3, now())", fence.storeId(), id, (long) available);
        database.run("insert into item (channel_id, id, name, price_type, hidden, as_of, quantity, quantity_as_of)"
                + " values ($1, $2, $2, 'FIXED', false, now(), $3::text::numeric, now())", channel, id, quantity);
        database.run("insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)"
                + " values ($1, $2, $3, $3, 'MANUAL', 'test')",
                channel, fence.storeId(), id);
    }
}
