package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.tillbridge.platform.PlainDatabase;

/** The rule in SQL and the rule in Java are the same rule. */
class TargetViewTest {

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
    void the_view_says_what_the_rule_says_for_random_stock_sales_and_settings() {
        Random random = new Random(20261123);
        for (int round = 0; round < 30; round++) {
            UUID store = database.leasedStore().storeId();
            int safety = random.nextInt(6);
            Long untracked = random.nextBoolean() ? null : Long.valueOf(random.nextInt(20));
            boolean allLocations = random.nextBoolean();
            JsonArray selling = allLocations ? new JsonArray() : new JsonArray().add("1").add("3");
            JsonObject settings = new JsonObject()
                    .put("inventorySync", new JsonObject().put("safetyStock", safety).put("sellingLocationIds", selling))
                    .put("productSync", new JsonObject().put("defaultInventory", untracked));
            UUID channel = database.channel(store, settings.encode());
            database.run("""
                    insert into location (store_id, id, name, active, is_primary)
                    values ($1, '1', 'a', true, true), ($1, '2', 'b', false, false), ($1, '3', 'c', true, false)""", store);
            long[][] available = new long[20][4];
            boolean[] read = new boolean[20];
            boolean[] tracked = new boolean[20];
            boolean[] gone = new boolean[20];
            for (int v = 0; v < 20; v++) {
                tracked[v] = random.nextInt(4) > 0;
                gone[v] = random.nextInt(8) == 0;
                database.run("""
                        insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of, gone)
                        values ($1, $2, 'p', $3, 't', 'ACTIVE', $4, now(), $5)""", store, "v" + v, "i" + v, tracked[v],
                        gone[v]);
                database.run(
                        "insert into link (channel_id, store_id, variant_id, item_id, origin, created_by) values ($1, $2, $3, $4, 'MATCHED', 'test')",
                        channel, store, "v" + v, "x" + v);
                for (int location = 1; location <= 3; location++) {
                    int kind = random.nextInt(5);
                    if (kind > 0) {
                        read[v] = true;
                        Long units = kind == 1 ? null : Long.valueOf(random.nextInt(30) - 5);
                        available[v][location] = units == null ? 0 : units;
                        database.run(
                                "insert into level (store_id, inventory_item_id, location_id, available, as_of) values ($1, $2, $3, $4, now())",
                                store, "i" + v, String.valueOf(location), units);
                    }
                }
            }
            var sales = new UnpostedSales(database, random, store, channel, tracked);
            for (int v = 0; v < 20; v++) {
                // Location 2 is inactive: it counts nowhere; location 3 only where it is chosen or all are.
                Long sum = read[v] ? available[v][1] + available[v][3] : null;
                BigDecimal unposted = tracked[v] ? sales.unposted(v, "1").add(sales.unposted(v, "3")) : BigDecimal.ZERO;
                var expected = TargetQuantity.of(tracked[v], gone[v], sum, safety, unposted, untracked);
                var row = database
                        .run("select target, unposted from link_target where channel_id = $1 and variant_id = $2", channel,
                                "v" + v)
                        .iterator().next();
                assertThat(row.getBigDecimal(0)).as("round %d, variant %d", round, v)
                        .usingComparator(Comparator.nullsFirst(Comparator.naturalOrder())).isEqualTo(expected.orElse(null));
                if (tracked[v]) {
                    assertThat(row.getBigDecimal(1)).as("round %d, variant %d", round, v).isEqualByComparingTo(unposted);
                }
            }
        }
    }
}
