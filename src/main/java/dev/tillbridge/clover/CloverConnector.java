package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.Integration;
import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.TillFinding;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillLimits;
import dev.tillbridge.channel.TillMerchant;
import dev.tillbridge.channel.TillNews;
import dev.tillbridge.channel.TillPart;
import dev.tillbridge.channel.TillProbe;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.SalePage;
import dev.tillbridge.platform.DatabaseClock;

/** Clover as a till; its key is {@code clover}, its regions {@code us}, {@code eu}, {@code la} and {@code sandbox}. */
@ApplicationScoped
public class CloverConnector implements PointOfSale {

    static final String KEY = "clover";

    private static final Pattern MERCHANT_ID = Pattern.compile("[0-9A-Z]{13}");
    static final RowList<CloverWire.Item> ITEMS = RowList.of(CloverOperation.READ_ITEMS, "items", "itemStock",
            CloverWire.Item.class);

    private final CloverTills tills;
    private final CloverProbe probe;
    private final DatabaseClock clock;
    private final CloverWebhooks webhooks;

    CloverConnector(CloverTills tills, CloverProbe probe, DatabaseClock clock, CloverWebhooks webhooks) {
        this.tills = tills;
        this.probe = probe;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    @Override
    public Integration integration() {
        return new Integration(KEY, "till", "Clover", List.of(
                new Integration.Field("region", "Region",
                        "Where the merchant's account was opened: us (North America), eu (Europe), la (Latin America), or sandbox (Clover's developer sandbox)",
                        false, CloverRegion.keys()),
                new Integration.Field("merchantId", "Merchant id",
                        "13 characters: the last part of the Clover dashboard's address after /merchants/", false, List.of()),
                new Integration.Field("token", "API token",
                        "Made in the Clover dashboard under Settings, API Tokens, with the permissions below and no more", true,
                        List.of())),
                CloverPermission.all());
    }

    @Override
    public boolean isMerchantId(String merchantId) {
        return merchantId != null && MERCHANT_ID.matcher(merchantId).matches();
    }

    @Override
    public Uni<TillProbe> probe(TillConnection till) {
        return Uni.createFrom().deferred(() -> probe.probe(till));
    }

    @Override
    public Multi<TillFinding> findings(TillConnection till) {
        return Multi.createFrom().deferred(() -> probe.findings(till));
    }

    @Override
    public Uni<TillMerchant> merchant(TillConnection till) {
        return Uni.createFrom().deferred(() -> probe.merchant(tills.of(till), till));
    }

    @Override
    public Multi<ItemPage> items(TillConnection till, Instant modifiedSince, Pace pace) {
        Lane lane = pace == Pace.SCAN ? Lane.SCAN : Lane.CATALOGUE;
        TimeWindow<CloverWire.Item> window = modifiedSince == null
                ? null
                : new TimeWindow<>("modifiedTime", CloverWire.Item::modifiedTime, modifiedSince.toEpochMilli(), null);
        return Multi.createFrom().deferred(() -> new RowReader<>(tills.of(till), ITEMS, now(), lane).read(window))
                .map(page -> ItemMapper.page(page.rows(), page.asOf(), page.vendorTime()));
    }

    @Override
    public Uni<List<StockReading>> readStock(TillConnection till, List<String> itemIds) {
        return Uni.createFrom().deferred(() -> stock(till).read(itemIds));
    }

    @Override
    public Uni<StockReading> readStock(TillConnection till, String itemId) {
        return Uni.createFrom().deferred(() -> stock(till).read(itemId));
    }

    @Override
    public Uni<StockReading> writeStock(TillConnection till, String itemId, BigDecimal quantity) {
        return Uni.createFrom().deferred(() -> stock(till).write(itemId, quantity));
    }

    @Override
    public Uni<ItemPage> readItems(TillConnection till, List<String> itemIds) {
        return Uni.createFrom().deferred(() -> new ItemCalls(tills.of(till), now()).read(itemIds));
    }

    @Override
    public Uni<List<ItemPrice>> writePrices(TillConnection till, List<ItemPrice> prices) {
        return Uni.createFrom().deferred(() -> new PriceCalls(tills.of(till)).write(prices));
    }

    @Override
    public TillLimits limits() {
        return CatalogueCalls.LIMITS;
    }

    @Override
    public Uni<String> makePart(TillConnection till, TillPart.Kind kind, String parentId, String name) {
        return Uni.createFrom().deferred(() -> catalogue(till).makePart(kind, parentId, name));
    }

    @Override
    public Uni<List<TillPart>> parts(TillConnection till, TillPart.Kind kind, String parentId) {
        return Uni.createFrom().deferred(() -> catalogue(till).parts(kind, parentId));
    }

    @Override
    public Uni<Void> renamePart(TillConnection till, TillPart part) {
        return Uni.createFrom().deferred(() -> catalogue(till).renamePart(part));
    }

    @Override
    public Uni<TillItem> makeItem(TillConnection till, NewItem item) {
        return Uni.createFrom().deferred(() -> catalogue(till).makeItem(item));
    }

    @Override
    public Uni<List<TillItem>> itemsOfGroup(TillConnection till, String groupId) {
        return Uni.createFrom().deferred(() -> catalogue(till).itemsOfGroup(groupId));
    }

    @Override
    public Uni<List<TillItem>> itemsLike(TillConnection till, NewItem item, Instant since) {
        return Uni.createFrom().deferred(() -> catalogue(till).itemsLike(item, since));
    }

    @Override
    public Uni<Void> joinOptions(TillConnection till, Collection<ItemOption> pairs) {
        return Uni.createFrom().deferred(() -> catalogue(till).joinOptions(pairs));
    }

    @Override
    public Uni<Void> leaveOptions(TillConnection till, Collection<ItemOption> pairs) {
        return Uni.createFrom().deferred(() -> catalogue(till).leaveOptions(pairs));
    }

    @Override
    public Uni<Void> joinCategory(TillConnection till, String categoryId, Set<String> itemIds) {
        return Uni.createFrom().deferred(() -> catalogue(till).joinCategory(categoryId, itemIds));
    }

    @Override
    public Uni<TillItem> changeItem(TillConnection till, String itemId, ItemChange change) {
        return Uni.createFrom().deferred(() -> catalogue(till).changeItem(itemId, change));
    }

    private CatalogueCalls catalogue(TillConnection till) {
        return new CatalogueCalls(tills.of(till), now());
    }

    private StockCalls stock(TillConnection till) {
        return new StockCalls(tills.of(till), now());
    }

    /** Asked anew with each subscription, so with each attempt. */
    private Uni<Instant> now() {
        return Uni.createFrom().deferred(clock::now);
    }

    @Override
    public void forget(TillConnection till) {
        tills.forget(till);
    }

    @Override
    public Multi<SalePage> ordersChanged(TillConnection till, Instant since) {
        return Multi.createFrom().deferred(() -> lists(till).ordersChanged(since));
    }

    @Override
    public Multi<SalePage> ordersCreated(TillConnection till, Instant from, Instant until) {
        return Multi.createFrom().deferred(() -> lists(till).ordersCreated(from, until));
    }

    @Override
    public Multi<SalePage> paymentsChanged(TillConnection till, Instant since) {
        return Multi.createFrom().deferred(() -> lists(till).paymentsChanged(since));
    }

    @Override
    public Multi<SalePage> refundsCreated(TillConnection till, Instant since) {
        return Multi.createFrom().deferred(() -> lists(till).refundsCreated(since));
    }

    private SaleLists lists(TillConnection till) {
        return new SaleLists(tills.of(till), now());
    }

    @Override
    public Uni<Sale> sale(TillConnection till, String saleId, Pace pace) {
        Lane lane = pace == Pace.SPARE ? Lane.CATALOGUE : Lane.SALES;
        return Uni.createFrom().deferred(() -> new SaleReader(tills.of(till), lane).read(saleId));
    }

    @Override
    public Uni<SaleCustomer> customer(TillConnection till, String customerId) {
        return Uni.createFrom().deferred(() -> new CustomerReader(tills.of(till)).read(customerId));
    }

    @Override
    public Uni<List<OrderType>> orderTypes(TillConnection till) {
        return Uni.createFrom().deferred(() -> tills.of(till).names().shownOrderTypes());
    }

    @Override
    public Uni<SaleNote> note(TillConnection till, String saleId) {
        return Uni.createFrom().deferred(() -> new NoteCalls(tills.of(till)).read(saleId));
    }

    @Override
    public Uni<Void> writeNote(TillConnection till, String saleId, String text) {
        return Uni.createFrom().deferred(() -> new NoteCalls(tills.of(till)).write(saleId, text));
    }

    @Override
    public boolean knowsItsVendor() {
        return webhooks.configured();
    }

    @Override
    public boolean authentic(UnaryOperator<String> header) {
        return webhooks.authentic(header);
    }

    @Override
    public TillNews news(byte[] body) {
        return webhooks.read(body);
    }

    @Override
    public Uni<SaleMention> saleMention(TillConnection till, String saleId) {
        return Uni.createFrom().deferred(() -> new MentionCalls(tills.of(till)).sale(saleId));
    }

    @Override
    public Uni<SaleMention> paymentMention(TillConnection till, String paymentId) {
        return Uni.createFrom().deferred(() -> new MentionCalls(tills.of(till)).payment(paymentId));
    }
}
