package dev.tillbridge.order;

import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelSettings.OrderSync;
import dev.tillbridge.channel.ChannelStatus;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.Storefront;
import dev.tillbridge.channel.StubDirectory;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.TestPass;

/** The stage of orders on a real database, with a store and a till whose answers are laid out: no Quarkus, no sandbox. */
final class PlainOrders implements AutoCloseable {

    static final int ATTEMPTS = 3;
    static final Duration LOOK_UP_AFTER = Duration.ofSeconds(90);
    /** A sale of 10.00, paid. */
    static final Sales TEN = Sales.of(1000, Sales.item("L1", "I1", 1000));

    final PlainDatabase database = PlainDatabase.start();
    final ScriptedPort<Storefront> store = new ScriptedPort<>(Storefront.class);
    final ScriptedPort<PointOfSale> till = new ScriptedPort<>(PointOfSale.class);
    final List<String> failures = new ArrayList<>();
    private final Map<Class<?>, Object> parts = new HashMap<>();
    volatile Duration leaseLeft;
    UUID storeId;
    private Pass pass;
    private ConnectedChannel channel;

    PlainOrders() {
        parts.put(Pool.class, database.pool());
        parts.put(ChannelDirectory.class, new StubDirectory(store.port(), till.port()));
        parts.put(OrderConfig.class,
                new SmallRyeConfigBuilder().withMapping(OrderConfig.class)
                        .withDefaultValue("tillbridge.order.attempts", Integer.toString(ATTEMPTS)).build()
                        .getConfigMapping(OrderConfig.class));
    }

    /** A new store with one channel, and no answers laid out. */
    void open() {
        store.reset();
        till.reset();
        failures.clear();
        leaseLeft = Duration.ofMinutes(1);
        storeId = database.leasedStore().storeId();
        UUID channelId = database.channel(storeId, "{}");
        var settings = new ChannelSettings(null, new OrderSync(true, null, null, ChannelSettings.UnlinkedLines.IMPORT_AS_CUSTOM,
                null, null, null, null, null, "1", null, null), null, null, null, null, null);
        channel = new ConnectedChannel(channelId, storeId, "Main Street", "clover", "us", "M1", ChannelStatus.CONNECTED,
                settings, 1, true, true, null);
        pass = new TestPass(new Lease(storeId), failures);
    }

    /** As CDI would: each part once, made by its only constructor. */
    <T> T part(Class<T> type) {
        if (!parts.containsKey(type)) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructors()[0];
                constructor.setAccessible(true);
                Object[] needed = Stream.of(constructor.getParameterTypes()).map(this::part).toArray();
                parts.put(type, constructor.newInstance(needed));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A " + type.getSimpleName() + " cannot be made", e);
            }
        }
        return type.cast(parts.get(type));
    }

    /** One turn, in which the sale is due whatever it waits for. */
    void turn(UUID sale) {
        database.run("update sale set act_at = now() where id = $1 and act_at is not null", sale);
        turn();
    }

    OrderStage.Outcome turn() {
        return PlainDatabase.get(part(OrderStage.class).pass(pass, channel));
    }

    Fence fence() {
        return pass.fence();
    }

    int sweep(Duration reach) {
        return PlainDatabase.get(part(DoublesSweep.class).pass(pass, reach));
    }

    OrderStage.Place place() {
        return new OrderStage.Place(pass, PlainDatabase.get(part(ChannelDirectory.class).store(storeId)), channel,
                PlainDatabase.get(part(ChannelDirectory.class).shopConnection(storeId)));
    }

    SaleRow row(UUID sale) {
        return PlainDatabase.get(part(SaleRepository.class).get(sale));
    }

    UUID ready(Sale sale) {
        UUID id = UUID.randomUUID();
        database.run("""
            insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status, document,
                              content_hash, currency, total, paid, pos_created_at, read_at, act_at)
            values ($1, 'demo.myshopify.com', 'clover', 'M1', $2, $3, $4, 'READY', $5::text::jsonb, $6, 'USD', $7, true, $8, now(), now())
            """, id, "O" + id.toString().substring(0, 8), storeId, channel.id(), SaleJson.object(sale).encode(),
                SaleHash.of(sale), sale.total(), Sales.NOON.atOffset(ZoneOffset.UTC));
        return id;
    }

    /** A sale whose order was asked for, and how that ended is not known; looked for once in vain. */
    UUID creating(Sale sale, int attempts) {
        UUID id = ready(sale);
        set(id, "status = 'CREATING', imported_document = document, attempts = " + attempts + ", empty_lookups = 1,"
                + " creating_at = now() - interval '5 minutes', asked_at = now() - interval '5 minutes', expected_total = total / 100.0");
        return id;
    }

    /** A sale whose order 77 stands in the store. */
    UUID imported(Sale sale) {
        UUID id = ready(sale);
        set(id, "status = 'IMPORTED', imported_document = document, store_order_id = '77', store_order_name = '#77',"
                + " store_total = total / 100.0, expected_total = total / 100.0, store_paid = " + PaidRule.paid(sale)
                + ", imported_at = now() - interval '1 hour', asked_at = now() - interval '1 hour'");
        return id;
    }

    /** What the till says of it from now on. */
    void becomes(UUID id, Sale sale) {
        database.run("""
            update sale set document = $2::text::jsonb, content_hash = $3, attempts = 0,
                            act_at = case when status = 'IMPORTED' then now() else act_at end
             where id = $1
            """, id, SaleJson.object(sale).encode(), SaleHash.of(sale));
    }

    void set(UUID id, String what) {
        database.run("update sale set " + what + " where id = $1", id);
    }

    /** A column, or another expression over the sale's row, as text. */
    String get(UUID id, String what) {
        return database.texts("select (" + what + ")::text from sale where id = $1", id).get(0);
    }

    /** In how many seconds the sale is worked on again. */
    double actIn(UUID id) {
        return Double.parseDouble(get(id, "extract(epoch from act_at - clock_timestamp())"));
    }

    List<String> story(UUID id) {
        return database.texts("select kind from journal where subject = $1 order by id", row(id).subject());
    }

    List<String> notices(UUID id) {
        return database.texts("select detail from notice where subject = $1 and resolved_at is null", row(id).subject());
    }

    static StoreOrder order(String id, boolean cancelled, String financialStatus) {
        return new StoreOrder(id, "#" + id, "USD", cancelled, financialStatus, BigDecimal.TEN, BigDecimal.ZERO, Instant.now(),
                List.of(), List.of(), List.of());
    }

    static CreatedOrder created() {
        return new CreatedOrder("77", "#77", new BigDecimal("10.00"), null, "USD", "request-1");
    }

    static ConnectorException refused(String message) {
        return new ConnectorException.Rejected("refused", 200, message);
    }

    static ConnectorException lost() {
        return new ConnectorException.Transient("timeout", "Shopify did not answer in time", true, null);
    }

    @Override
    public void close() {
        database.close();
    }

    private final class Lease implements Fence {
        private final UUID id;

        Lease(UUID id) {
            this.id = id;
        }

        @Override
        public UUID storeId() {
            return id;
        }

        @Override
        public long number() {
            return 7;
        }

        @Override
        public Duration remaining() {
            return leaseLeft;
        }
    }
}
