package dev.tillbridge.order;

import static dev.tillbridge.platform.PlainDatabase.get;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Catalogs;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelSettings.RefundRestock;
import dev.tillbridge.channel.ChannelStatus;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.StoreStatus;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.QuietPass;

/** A store with one till, and what keeps and posts its sales, on a database without Quarkus. */
final class TillBooks extends QuietPass {

    static final Instant START = Sales.NOON.minusSeconds(3600);
    static final OrderConfig CONFIG = new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(OrderConfig.class)
            .withConverter(Duration.class, 300, new DurationConverter()).build().getConfigMapping(OrderConfig.class);

    final PlainDatabase database;
    final SaleRepository sales;
    final OpenUnitRepository open;
    final PostingRepository postings;
    final PostingPreparation preparation;
    final PostingTrouble postingTrouble;
    final PostingOutcome outcome;
    final UnreadSales unread;
    final SaleKeeper keeper;
    final SaleIntake intake;
    final List<String> failures = new ArrayList<>();
    final UUID channel;
    String location = "1";
    boolean skipUnpaid = true;
    RefundRestock refundRestock = RefundRestock.LINES;

    TillBooks(PlainDatabase database) {
        super(database.leasedStore());
        this.database = database;
        var transactions = database.transactions();
        var story = new SaleStory(new Journal());
        var notices = new SaleNotices(new Notices());
        sales = new SaleRepository(database.pool());
        open = new OpenUnitRepository(database.pool());
        postings = new PostingRepository(database.pool());
        var orders = new OrderRepository(database.pool());
        preparation = new PostingPreparation(sales, open, postings, transactions);
        postingTrouble = new PostingTrouble(sales, open, postings, story, notices, transactions, CONFIG);
        outcome = new PostingOutcome(Catalogs.over(transactions), sales, postings, new Journal(), notices,
                postingTrouble, transactions);
        unread = new UnreadSales(sales, orders, story, notices, new SaleTrouble(sales, orders, story, notices), transactions,
                CONFIG);
        keeper = new SaleKeeper(sales, story, notices, unread, transactions, CONFIG);
        intake = new SaleIntake(new CreditIntake(sales, story, notices), transactions);
        channel = database.channel(fence().storeId(), "{}");
        database.run("insert into location (store_id, id, name, active, is_primary) values ($1, '1', 'a', true, true)",
                fence().storeId());
    }

    void variant(String id, boolean tracked) {
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of, gone)
                values ($1, $2, 'p', $3, 't', 'ACTIVE', $4, now(), false)""", fence().storeId(), "v" + id, "i" + id, tracked);
    }

    /** Instead of what the item was linked to before. */
    void link(String item, String variant) {
        unlink(item);
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, $3, $4, 'MATCHED', 'test')""", channel, fence().storeId(), "v" + variant, item);
    }

    void unlink(String item) {
        database.run("delete from link where channel_id = $1 and item_id = $2", channel, item);
    }

    ConnectedStore store() {
        return new ConnectedStore(fence().storeId(), fence().storeId() + ".myshopify.com", "Shop", "USD", false, "UTC",
                StoreStatus.CONNECTED);
    }

    ConnectedChannel channel(Instant start) {
        var orders = new ChannelSettings.OrderSync(true, null, skipUnpaid, null, null, null, start, start, null, location,
                null, refundRestock);
        return new ConnectedChannel(channel, fence().storeId(), "Till", "clover", "us", channel.toString(),
                ChannelStatus.CONNECTED, new ChannelSettings(null, orders, null, null, null, null, null), 1, true, true,
                START);
    }

    /** The till's list tells of it. */
    int told(Instant start, SaleMention... mentions) {
        return get(intake.take(fence(), store(), channel(start), new SalePage(List.of(mentions), START, START)));
    }

    /** Sale {@code O1} of {@link Sales}, made at noon. */
    UUID seen() {
        told(START, new SaleMention(SaleMention.Kind.ORDER, "O1", "O1", 1350L, Sales.NOON, UUID.randomUUID().toString()));
        return sale("O1");
    }

    UUID sale(String posOrderId) {
        return database.run("select id from sale where channel_id = $1 and pos_order_id = $2", channel, posOrderId).iterator()
                .next().getUUID(0);
    }

    SaleRow keep(UUID id, Sales sale) {
        return keep(id, sale, START);
    }

    SaleRow keep(UUID id, Sales sale, Instant start) {
        get(keeper.keep(this, channel(start), due(id), sale.sale()));
        return row(id);
    }

    /** As it is now, to be read. */
    SaleRepository.ToRead due(UUID id) {
        SaleRow row = row(id);
        return new SaleRepository.ToRead(id, row.posOrderId(), row.lookAt());
    }

    SaleRow row(UUID id) {
        return get(sales.get(id));
    }

    /** Makes an adjustment of what is open, if anything is; answers what is to be sent. */
    List<Posting> prepared() {
        get(open.sales(fence().storeId(), 10)).forEach(sale -> get(preparation.prepare(this, sale)));
        return get(postings.toSend(fence().storeId(), 10));
    }

    /** Units off the store's stock by adjustments that were done, of a variant's item. */
    long posted(String variant) {
        return database.count("""
                select coalesce(- sum((c ->> 'delta')::bigint), 0)::bigint
                from stock_adjustment a cross join jsonb_array_elements(a.input -> 'changes') c
                where a.store_id = $1 and a.status = 'POSTED' and c ->> 'inventoryItemId' = $2""", fence().storeId(),
                "i" + variant);
    }

    /** What the till must not sell any more although the store still shows it. */
    BigDecimal unposted(String variant) {
        return database
                .run("select coalesce(sum(units), 0)::numeric from unposted where store_id = $1 and inventory_item_id = $2",
                        fence().storeId(), "i" + variant)
                .iterator().next().getBigDecimal(0);
    }

    List<String> story(String posOrderId) {
        return database.texts("select cause from journal where channel_id = $1 and subject = $2 order by id", channel,
                "order:" + posOrderId);
    }

    List<String> openNotices() {
        return database.texts("select kind from notice where channel_id = $1 and resolved_at is null order by kind", channel);
    }

    @Override
    public Uni<Void> failed(String subject, String code, String message) {
        failures.add(code);
        return super.failed(subject, code, message);
    }
}
