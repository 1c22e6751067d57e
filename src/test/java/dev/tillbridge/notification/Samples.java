package dev.tillbridge.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Digests to write in tests. */
final class Samples {

    static final UUID CHANNEL = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001");
    private static final Instant SINCE = Instant.parse("2026-11-23T19:05:00Z");

    private Samples() {}

    static DigestFacts facts(List<OpenNotice> notices, UnlinkedProducts products) {
        return new DigestFacts(CHANNEL, "Main Street", "Juniper & Sons", "America/New_York", List.of("owner@example.com"),
                notices, products, SINCE.plusSeconds(600));
    }

    static OpenNotice notice(NoticeKind kind, String title, String detail) {
        return new OpenNotice(UUID.randomUUID(), kind, new OpenNotice.Text(title, detail,
                "/api/v1/channels/" + CHANNEL + "/orders/4ZK7QW1T2M3N4"), SINCE, false);
    }

    static OpenNotice told(NoticeKind kind) {
        return new OpenNotice(UUID.randomUUID(), kind, new OpenNotice.Text("Told", "", null), SINCE, true);
    }

    static OpenNotice counted(NoticeKind kind) {
        return new OpenNotice(UUID.randomUUID(), kind, null, SINCE, false);
    }

    static UnlinkedProducts products(long fresh, long all, int shown) {
        List<UnlinkedProducts.Product> first = new ArrayList<>();
        for (int i = 1; i <= shown; i++) {
            first.add(new UnlinkedProducts.Product("Linen shirt / Size " + i, i % 4 == 0 ? null : "LS-00" + i,
                    i % 3 == 0 ? "Two items at the till have the SKU LS-00" + i : "No item at the till has the SKU LS-00" + i));
        }
        return new UnlinkedProducts(fresh, all, first, SINCE);
    }

    /** One of everything, as a shop may get it on a bad day. */
    static DigestFacts badDay() {
        List<OpenNotice> notices = new ArrayList<>(List.of(
                notice(NoticeKind.ORDER_HELD, "Order 4ZK7QW1T2M3N4 of 24.90 USD",
                        "“House blend, 250 g” is not linked to a product of your shop."),
                notice(NoticeKind.ORDER_HELD, "Order 9XB2R5D8K1Q7C of 118.00 USD",
                        "The till says 118.00 USD, the lines come to 117.99 USD."),
                notice(NoticeKind.ORDER_HELD, "Order 7MM3T6Y9P0S2A of 12.50 USD",
                        "It was paid back at the till more than 60 days after it was sold; your shop no longer takes the refund."),
                notice(NoticeKind.ORDER_FAILED, "Order 2QH8V4J6W5E1N of 63.20 USD",
                        "Your shop answered: the e-mail address of the customer is not valid."),
                notice(NoticeKind.STOCK_REFUSED, "Order 5RT1Z8B3L6G0K of 40.00 USD",
                        "“Linen shirt / M” is no longer stocked at Main Street."),
                notice(NoticeKind.ORDER_DOUBLE, "Order #1042 was cancelled, #1041 stands",
                        "Both stood for till order 8DC5N2F7X4M9V.")));
        return facts(notices, products(132, 132, 20));
    }
}
