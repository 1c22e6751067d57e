package dev.tillbridge.order;

import java.util.UUID;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.json.JsonObject;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

/** A database with one store and channel, and what works on its sales, without Quarkus. */
final class StoredSales implements AutoCloseable {

    final PlainDatabase database = PlainDatabase.start();
    final SaleRepository sales = new SaleRepository(database.pool());
    final OrderRepository orders = new OrderRepository(database.pool());
    final RefundRepository refunds = new RefundRepository(database.pool());
    final PostingRepository postings = new PostingRepository(database.pool());
    final SaleStory story = new SaleStory(new Journal());
    final SaleNotices notices = new SaleNotices(new Notices());
    final SaleTrouble trouble = new SaleTrouble(sales, orders, story, notices);
    Fence fence;
    UUID channel;

    /** Another store, so that no test meets the rows of the one before. */
    void connect() {
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), "{}");
    }

    static OrderConfig config(int attempts) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(OrderConfig.class)
                .withDefaultValue("tillbridge.order.attempts", String.valueOf(attempts)).build()
                .getConfigMapping(OrderConfig.class);
    }

    /** @param storeOrderId null where it is not in the store */
    UUID sale(Sale sale, String posOrderId, SaleStatus status, String storeOrderId) {
        UUID id = UUID.randomUUID();
        database.run("""
                insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status, document, content_hash,
                  imported_document, pos_created_at, store_order_id, store_order_name, act_at, posting_location_id)
                values ($1, $2, 'clover', 'M', $3, $4, $5, $6, $7, $8, $7, now(), $9, '#1', now(), '1')""", id,
                fence.storeId() + ".myshopify.com", posOrderId, fence.storeId(), channel, status.name(), json(sale),
                sale == null ? null : SaleHash.of(sale), storeOrderId);
        return id;
    }

    void reread(UUID id, Sale sale) {
        database.run("update sale set document = $2, content_hash = $3 where id = $1", id, json(sale), SaleHash.of(sale));
    }

    SaleRow row(UUID id) {
        return PlainDatabase.get(sales.get(id));
    }

    String text(String sql, Object... parameters) {
        return database.texts(sql, parameters).get(0);
    }

    private static JsonObject json(Sale sale) {
        return sale == null ? null : SaleJson.object(sale);
    }

    @Override
    public void close() {
        database.close();
    }
}
