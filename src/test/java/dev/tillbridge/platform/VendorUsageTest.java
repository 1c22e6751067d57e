package dev.tillbridge.platform;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several replicas ask of one account in a minute adds up, and is forgotten in time. */
class VendorUsageTest {

    private static final VendorUsage.Account SHOP = new VendorUsage.Account("shopify", "demo.myshopify.com");
    private static final VendorUsage.Account TILL = new VendorUsage.Account("clover", "M");

    private static PlainDatabase database;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.run("delete from vendor_usage");
    }

    @Test
    void replicasAddToOneMinute() {
        VendorUsage one = new VendorUsage(database.pool());
        VendorUsage other = new VendorUsage(database.pool());
        one.answered(SHOP, 12.5, 6000.0, false);
        one.answered(SHOP, 0, null, true);
        one.answered(TILL, 1, 960.0, false);
        other.answered(SHOP, 7.5, null, false);
        get(one.save());
        get(other.save());
        List<VendorUsage.Minute> minutes = get(one.last(SHOP, 5));
        // The clock may pass into the next minute between the two.
        assertThat(minutes).hasSizeBetween(1, 2);
        assertThat(minutes.stream().mapToInt(VendorUsage.Minute::requests).sum()).isEqualTo(3);
        assertThat(minutes.stream().mapToInt(VendorUsage.Minute::throttled).sum()).isEqualTo(1);
        assertThat(minutes.stream().mapToDouble(minute -> minute.used().doubleValue()).sum()).isEqualTo(20);
        assertThat(minutes.get(0).perMinute()).isEqualByComparingTo("6000");
        assertThat(get(one.last(TILL, 5))).singleElement()
                .satisfies(minute -> assertThat(minute.perMinute()).isEqualByComparingTo("960"));
    }

    @Test
    void nothingIsWrittenTwice() {
        VendorUsage usage = new VendorUsage(database.pool());
        usage.answered(TILL, 1, 960.0, false);
        get(usage.save());
        get(usage.save());
        assertThat(database.count("select sum(requests) from vendor_usage")).isEqualTo(1);
    }

    @Test
    void whatIsOldIsForgotten() {
        database.run(
                "insert into vendor_usage values ('clover', 'M', date_trunc('minute', now()) - interval '7 hours', 1, 0, 1, 960), "
                        + "('clover', 'M', date_trunc('minute', now()), 1, 0, 1, 960)");
        get(new VendorUsage(database.pool()).forget());
        assertThat(database.count("select count(*) from vendor_usage")).isEqualTo(1);
    }
}
