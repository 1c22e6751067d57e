package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.sync.Trade.Asked;
import dev.tillbridge.sync.Trade.Side;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/**
 * Till and web shop sell the last units of the same items while both are kept in step. Whoever sells looks at his own stock
 * alone. Units may be sold twice within the time that news take; none may vanish or appear.
 */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class OversellTest {

    private static final long SEED = 11;
    private static final int EACH = 200;
    private static final Duration HOURS = Duration.ofSeconds(40);
    /** Sales before the doors open: a process that has just started is slower than a shop's day. */
    private static final int WARM_UP = 60;

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
    }

    @Test
    void no_unit_vanishes_or_appears_while_both_sides_sell_the_last_ones() throws IOException {
        Trade trade = Trade.of(SEED, EACH, HOURS);
        Installation shop = Installation.of("{\"seed\":7,\"variants\":20,\"locations\":1}");
        shop.settings("{\"enabled\":true,\"safetyStock\":0}", "{\"enabled\":true}");
        Installation.shopHas("TB-000000", 1_000);
        for (int i = 0; i < WARM_UP; i++) {
            Installation.sells("{\"lines\":[{\"sku\":\"TB-000000\",\"units\":1}]}");
        }
        shop.until(() -> imported(shop) == WARM_UP && Installation.shop().get("TB-000000").intValue() == 1_000 - WARM_UP);
        trade.stock().forEach(Installation::shopHas);
        shop.until(() -> tillShows(trade.stock()));

        var ledger = new TradeLedger(trade.stock());
        List<Asked> asked = new ArrayList<>();
        List<String> sales = new ArrayList<>();
        long opened = System.nanoTime();
        for (Asked planned : trade.asked()) {
            await(planned.at().minusNanos(System.nanoTime() - opened));
            Asked buyer = planned.at(Duration.ofNanos(System.nanoTime() - opened));
            asked.add(buyer);
            if (buyer.side() == Side.TILL ? till(buyer, sales) : web(buyer)) {
                ledger.sold(buyer);
            } else {
                ledger.refused(buyer);
            }
        }
        long closed = System.nanoTime();

        shop.until(() -> imported(shop) == WARM_UP + sales.size() && shopHas(ledger.left()) && tillShows(ledger.left()));
        Duration quiet = Duration.ofNanos(System.nanoTime() - closed);
        shop.run(true);
        report(ledger, new Trade(trade.stock(), asked), quiet);
        assertThat(shopHas(ledger.left())).as("what was there less what was sold: %s", ledger.left()).isTrue();
        assertThat(tillShows(ledger.left())).isTrue();
        assertThat(Installation.shopOrders()).hasSize((int) (WARM_UP + ledger.sales(Side.TILL) + ledger.sales(Side.WEB)));
        assertThat(sales).allSatisfy(sale -> assertThat(Installation.shopOrders(sale)).hasSize(1));
        assertThat(shop.recounts().getList("items")).as("sales explain every reading").isEmpty();
    }

    /** A till that shows too little does not sell. */
    private static boolean till(Asked buyer, List<String> sales) {
        if (Installation.tillOf(buyer.sku()).intValue() < buyer.units()) {
            return false;
        }
        sales.add(Installation.sells("{\"lines\":[{\"sku\":\"" + buyer.sku() + "\",\"units\":" + buyer.units() + "}]}"));
        return true;
    }

    /** The shop's checkout refuses what is short. */
    private static boolean web(Asked buyer) {
        return !ControlApi.send("POST", "/shopify/orders",
                "{\"lines\":[{\"sku\":\"" + buyer.sku() + "\",\"quantity\":" + buyer.units() + "}]}").path("orderId").isNull();
    }

    private static void report(TradeLedger ledger, Trade trade, Duration quiet) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("%d buyers at the till and %d on the web within %d s, 20 items, seed %d. Quiet %.1f s after the last sale."
                .formatted(EACH, EACH, HOURS.toSeconds(), SEED, quiet.toMillis() / 1000.0));
        lines.add(lag());
        lines.add(TradeLedger.header());
        lines.add(ledger.line("Tillbridge, polls of 0.3 s"));
        for (String every : List.of("0.3", "3", "30")) {
            lines.add(PlainSync.ledger(trade, Duration.parse("PT" + every + "S")).line("overwriting every " + every + " s"));
        }
        String text = String.join(System.lineSeparator(), lines) + System.lineSeparator();
        Files.writeString(Path.of("target", "oversell.txt"), text);
        System.out.println(text);
    }

    /** What makes the window: how long the shop did not know of a sale at the till. */
    private static String lag() {
        Row row = PlainDatabase.over(Arc.container().instance(Pool.class).get())
                .run("""
                select percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from s.seen_at - s.pos_created_at)) as found,
                  percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from a.confirmed_at - s.pos_created_at)) as posted
                from (select * from sale order by seen_at offset $1) s join stock_adjustment a on a.sale_id = s.id and a.status = 'POSTED'""",
                        WARM_UP)
                .iterator().next();
        Double[] found = row.getArrayOfDoubles("found");
        Double[] posted = row.getArrayOfDoubles("posted");
        return "A till sale was found after %.2f s (95 %% within %.2f s) and off the shop's stock after %.2f s (%.2f s)."
                .formatted(found[0], found[1], posted[0], posted[1]);
    }

    private static long imported(Installation shop) {
        return Installation.admin().get("/api/v1/channels/" + shop.channel() + "/orders/counts").jsonPath().getLong("IMPORTED");
    }

    private static boolean shopHas(Map<String, Integer> left) {
        Map<String, BigDecimal> stock = Installation.shop();
        return left.entrySet().stream().allMatch(item -> stock.get(item.getKey()).intValue() == item.getValue());
    }

    private static boolean tillShows(Map<String, Integer> left) {
        return left.entrySet().stream()
                .allMatch(item -> Installation.tillOf(item.getKey()).intValue() == Math.max(0, item.getValue()));
    }

    private static void await(Duration time) {
        if (time.toMillis() > 0) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
