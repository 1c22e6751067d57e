package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.tillbridge.platform.PlainDatabase;

/**
 * Random sales of a store's two tills, adjustments under way and fractions, and what they leave unposted by variant and
 * location.
 */
final class UnpostedSales {

    private final PlainDatabase database;
    private final Random random;
    private final UUID store;
    private final boolean[] tracked;
    private final Map<String, BigDecimal> unposted = new HashMap<>();

    /** Variant {@code v<n>} with inventory item {@code i<n>} is item {@code x<n>} on this till, and {@code y<n>} on a second one made here. */
    UnpostedSales(PlainDatabase database, Random random, UUID store, UUID channel, boolean[] tracked) {
        this.database = database;
        this.random = random;
        this.store = store;
        this.tracked = tracked;
        UUID second = database.channel(store, "{}");
        for (int v = 0; v < tracked.length; v++) {
            database.run("""
                    insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                    values ($1, $2, $3, $4, 'MATCHED', 'test')""", second, store, "v" + v, "y" + v);
            if (random.nextBoolean()) {
                sale(channel, v, "x" + v);
            }
            if (random.nextInt(3) == 0) {
                sale(second, v, "y" + v);
            }
            if (random.nextInt(4) == 0) {
                openPosting(channel, v);
            }
            if (random.nextInt(4) == 0) {
                fraction(v);
            }
        }
    }

    BigDecimal unposted(int variant, String location) {
        return unposted.getOrDefault(variant + "@" + location, BigDecimal.ZERO);
    }

    private void sale(UUID channel, int variant, String item) {
        UUID sale = UUID.randomUUID();
        String location = location();
        boolean posts = random.nextInt(4) > 0;
        database.run("""
                insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status,
                                  pos_created_at, posting_location_id, posts_stock)
                values ($1, 'shop', 'clover', 'm', $2, $3, $4, 'WAITING', now(), $5, $6)""", sale, sale.toString(), store,
                channel, location, posts);
        BigDecimal wanted = units();
        BigDecimal taken = random.nextBoolean() ? wanted : wanted.subtract(BigDecimal.valueOf(random.nextInt(4) - 1));
        BigDecimal reserved = random.nextBoolean() ? BigDecimal.ZERO : units();
        int minutes = random.nextBoolean() ? 10 : -10;
        database.run("""
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, wanted, taken, reserved, reserved_until)
                values ($1, $2, $3, 'Tea', $4, $4, $5, $6, now() + $7 * interval '1 minute')""", sale, channel, item, wanted,
                taken, reserved, minutes);
        if (posts && tracked[variant]) {
            add(variant, location, wanted.subtract(taken).add(minutes > 0 ? reserved : BigDecimal.ZERO));
        }
    }

    private void openPosting(UUID channel, int variant) {
        UUID adjustment = UUID.randomUUID();
        long units = random.nextLong(6) - 2;
        String location = location();
        database.run("""
                insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status)
                values ($1, $2, $3, 'sale', $4, 1, $4, '{}', 'SENT')""", adjustment, store, channel, adjustment.toString());
        database.run("""
                insert into open_posting (adjustment_id, store_id, inventory_item_id, location_id, units)
                values ($1, $2, $3, $4, $5)""", adjustment, store, "i" + variant, location, units);
        add(variant, location, BigDecimal.valueOf(units));
    }

    private void fraction(int variant) {
        String location = location();
        BigDecimal remainder = BigDecimal.valueOf(random.nextInt(1000), 3);
        database.run("""
                insert into unit_fraction (store_id, inventory_item_id, location_id, remainder) values ($1, $2, $3, $4)""",
                store,
                "i" + variant, location, remainder);
        add(variant, location, remainder);
    }

    private void add(int variant, String location, BigDecimal units) {
        unposted.merge(variant + "@" + location, units, BigDecimal::add);
    }

    private BigDecimal units() {
        return random.nextInt(4) == 0 ? BigDecimal.valueOf(random.nextInt(4000), 3) : BigDecimal.valueOf(random.nextInt(5));
    }

    private String location() {
        return String.valueOf(1 + random.nextInt(3));
    }
}
