package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/** Sales that the database refuses, as a fault of ours would: each delays itself alone, and a person is told. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class PoisonedSalesTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String MUG = "TB-000001";

    @AfterEach
    void disconnect() {
        heal();
        Installation.disconnectAll();
    }

    @Test
    void a_sale_that_cannot_be_kept_or_posted_delays_no_other() {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}", "{\"enabled\":true}");
        Installation.shopHas(MUG, 50);
        shop.until(() -> Installation.tillOf(MUG).intValue() == 50);
        poison();

        String notKept = Installation.sells(priced(77777));
        String notPosted = Installation.sells(priced(88888));
        String good = Installation.sells(priced(1000));

        shop.until(() -> "IMPORTED".equals(shop.orderStatus(good)) && "POSTED".equals(shop.order(good).getString("stock")));
        assertThat(shop.orderStatus(notKept)).isEqualTo("SEEN");
        shop.until(() -> "HELD".equals(shop.orderStatus(notKept)));
        assertThat(shop.order(notKept).getString("reason.code")).isEqualTo("unreadable");
        shop.until(() -> !shop.order(notPosted).getList("problems").isEmpty());
        assertThat(shop.order(notPosted).getString("problems[0].text")).contains("could not be made ready");
        assertThat(shop.orderStatus(notPosted)).isEqualTo("IMPORTED");
        assertThat(Installation.shop().get(MUG)).isEqualByComparingTo("49");

        heal();
        for (String sale : new String[]{ notKept, notPosted}) {
            Installation.admin().post("/api/v1/channels/" + shop.channel() + "/orders/" + sale + "/replay").then()
                    .statusCode(200);
            shop.until(() -> "IMPORTED".equals(shop.orderStatus(sale)) && "POSTED".equals(shop.order(sale).getString("stock")));
        }
        assertThat(Installation.shop().get(MUG)).isEqualByComparingTo("47");
        shop.until(() -> Installation.tillOf(MUG).intValue() == 47);
    }

    private static String priced(int price) {
        return "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1,\"price\":" + price + "}]}";
    }

    private static void poison() {
        database().run("""
                create function poison() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$""");
        database().run("""
                create trigger poison before update on sale for each row
                when (new.total = 77777 and new.document is not null) execute function poison()""");
        database().run("""
                create function poison_posting() returns trigger language plpgsql as $$ begin
                  if exists (select from sale where id = new.sale_id and total = 88888) then raise exception 'poisoned'; end if;
                  return new;
                end $$""");
        database().run("""
                create trigger poison before insert on stock_adjustment for each row execute function poison_posting()""");
    }

    private static void heal() {
        database().run("drop function if exists poison() cascade");
        database().run("drop function if exists poison_posting() cascade");
    }

    private static PlainDatabase database() {
        return PlainDatabase.over(Arc.container().instance(Pool.class).get());
    }
}
