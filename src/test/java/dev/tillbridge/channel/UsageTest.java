package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import java.util.UUID;

import jakarta.inject.Inject;

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
class UsageTest {

    @Inject
    Pool pool;

    @Test
    void aChannelShowsItsTillsAndItsStoresMinutesAgainstTheLimits() {
        PlainDatabase database = PlainDatabase.over(pool);
        Fence fence = database.leasedStore();
        UUID channel = database.channel(fence.storeId(), "{}");
        answer(channel, "").body("till.unit", equalTo("requests")).body("till.perMinute", nullValue())
                .body("till.minutes", hasSize(0)).body("store.unit", equalTo("points"));

        // The merchant's id is the channel's here, and the shop's domain the store's.
        minute(database, "clover", channel.toString(), 2, 412, 1);
        minute(database, "clover", channel.toString(), 90, 10, 0);
        minute(database, "shopify", fence.storeId() + ".myshopify.com", 3, 25, 0);
        minute(database, "clover", "another merchant", 2, 7, 0);
        answer(channel, "").body("till.perMinute", equalTo(960.00f)).body("till.minutes", hasSize(1))
                .body("till.minutes[0].requests", equalTo(412)).body("till.minutes[0].throttled", equalTo(1))
                .body("store.minutes", hasSize(1)).body("store.minutes[0].used", equalTo(25.00f));
        answer(channel, "?minutes=120").body("till.minutes", hasSize(2)).body("till.minutes[0].requests", equalTo(10));
    }

    private static void minute(PlainDatabase database, String side, String account, int ago, int requests, int throttled) {
        database.run("insert into vendor_usage (side, account, minute, requests, throttled, used, per_minute) "
                + "values ($1, $2, date_trunc('minute', now()) - $3 * interval '1 minute', $4::int, $5, $4::int, 960)", side,
                account, ago,
                requests, throttled);
    }

    private static ValidatableResponse answer(UUID channel, String rest) {
        return given().header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY)
                .get("/api/v1/channels/" + channel + "/requests" + rest).then().statusCode(200);
    }
}
