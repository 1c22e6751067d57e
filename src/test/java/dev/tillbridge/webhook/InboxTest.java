package dev.tillbridge.webhook;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;

import dev.tillbridge.channel.WebhookConfig;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.channel.WebhookHint.Kind;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.webhook.InboxRepository.Open;

class InboxTest {

    private static PlainDatabase database;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WebhookMetrics metrics = new WebhookMetrics(registry);
    private final WebhookConfig config = new SmallRyeConfigBuilder().withMapping(WebhookConfig.class).build()
            .getConfigMapping(WebhookConfig.class);
    private InboxWriter writer;
    private InboxRepository inbox;
    private Fence fence;
    private UUID store;
    private UUID channel;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() {
        writer = new InboxWriter(database.pool(), config, metrics);
        inbox = new InboxRepository(database.pool(), database.transactions(), config, metrics);
        fence = database.leasedStore();
        store = fence.storeId();
        channel = database.channel(store, "{}");
    }

    @Test
    void aFloodIsOneRowPerResource() {
        List<InboxEntry> flood = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            flood.add(product("" + i % 7, "event-" + i));
        }
        get(writer.store(flood.subList(0, 400)));
        get(writer.store(flood.subList(400, 1_000)));

        assertThat(open(store)).extracting(each -> each.hint().resourceId())
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
        assertThat(registry.counter("tillbridge.webhook.coalesced").count()).isEqualTo(993);
        assertThat(registry.counter("tillbridge.webhook.duplicates").count()).isZero();
    }

    @Test
    void whatComesAgainIsNoNewsAlsoAfterItWasWorkedOff() {
        get(writer.store(List.of(product("1", "e1"), product("1", "e1"))));
        get(inbox.done(fence, store, open(store)));
        get(writer.store(List.of(product("1", "e1"))));

        assertThat(open(store)).isEmpty();
        assertThat(registry.counter("tillbridge.webhook.duplicates").count()).isEqualTo(2);
        get(writer.store(List.of(product("1", "e2"))));
        assertThat(open(store)).hasSize(1);
    }

    @Test
    void whatIsToldOfWhileItIsReadStays() {
        get(writer.store(List.of(product("1", "e1"), product("2", "e2"))));
        var taken = open(store);
        get(writer.store(List.of(product("1", "e3"))));
        get(inbox.done(fence, store, taken));

        assertThat(open(store)).extracting(each -> each.hint().resourceId()).containsExactly("1");
    }

    @Test
    void aHintThatCouldNotBeReadRestsLongerEachTimeAndSaysWhy() {
        get(writer.store(List.of(product("1", "e1"))));
        get(inbox.later(fence, store, open(store), "Shopify did not answer"));

        assertThat(open(store)).extracting(Open::due).containsExactly(false);
        assertThat(database.texts("select attempts || ' ' || last_error || ' ' || (retry_at > clock_timestamp())::text"
                + " from webhook_inbox where store_id = $1", store)).containsExactly("1 Shopify did not answer true");
        var first = database.texts("select round(extract(epoch from retry_at - clock_timestamp())) from webhook_inbox"
                + " where store_id = $1", store).get(0);
        get(inbox.later(fence, store, List.of(new Open(new WebhookHint(Kind.PRODUCT, "1"), 1, 1, Duration.ZERO)), "Again"));
        var second = database.texts("select round(extract(epoch from retry_at - clock_timestamp())) from webhook_inbox"
                + " where store_id = $1", store).get(0);
        assertThat(first).isEqualTo("2");
        assertThat(second).isEqualTo("4");
    }

    @Test
    void anotherDeliveryEndsALongRestAndMakesNoneOfItsOwn() {
        get(writer.store(List.of(product("1", "e1"), product("2", "e2"))));
        database.run("update webhook_inbox set attempts = 9, retry_at = clock_timestamp() + interval '10 minutes'"
                + " where store_id = $1 and resource_id = '1'", store);
        get(writer.store(List.of(product("1", "e3"), product("2", "e4"))));

        assertThat(open(store)).extracting(each -> each.hint().resourceId()).containsExactly("2", "1");
        assertThat(open(store).get(0).due()).isTrue();
        assertThat(open(store).get(1).dueIn()).isPositive().isLessThanOrEqualTo(config.firstRetry());
        assertThat(open(store).get(1).attempts()).isEqualTo(9);
    }

    @Test
    void productsThatAreDueComeAfterStockAndBeforeWhatRests() {
        get(writer.store(List.of(product("1", "e1"), product("2", "e2"))));
        database.run("update webhook_inbox set retry_at = clock_timestamp() + interval '1 minute'"
                + " where store_id = $1 and resource_id = '1'", store);
        get(writer.store(List.of(InboxEntry.ofStore(store + ".myshopify.com", new WebhookHint(Kind.LEVEL, "7/8"), "e3"))));

        assertThat(open(store)).extracting(each -> each.hint().resourceId()).containsExactly("7/8", "2", "1");
    }

    @Test
    void aTillIsFoundByItsMerchantAndAStrangerIsCounted() {
        get(writer.store(List.of(InboxEntry.ofTill("clover", channel.toString(), new WebhookHint(Kind.SALE, "O1")),
                InboxEntry.ofTill("clover", "STRANGER", new WebhookHint(Kind.SALE, "O2")),
                InboxEntry.ofTill("other", channel.toString(), new WebhookHint(Kind.SALE, "O3")))));

        assertThat(open(channel)).extracting(Open::hint).containsExactly(new WebhookHint(Kind.SALE, "O1"));
        assertThat(open(store)).isEmpty();
        assertThat(registry.counter("tillbridge.webhook.unknown.merchants").count()).isEqualTo(2);
    }

    @Test
    void itemsGatherForAMoment() {
        get(writer.store(List.of(InboxEntry.ofTill("clover", channel.toString(), new WebhookHint(Kind.ITEM, "I1")))));
        assertThat(open(channel)).extracting(Open::due).containsExactly(false);

        database.run("update webhook_inbox set first_at = first_at - interval '3 seconds' where channel_id = $1", channel);
        assertThat(open(channel)).extracting(Open::due).containsExactly(true);
    }

    @Test
    void aStoreNobodyHoldsIsDueAndTheOneWhoHoldsItIsTold() {
        database.run("update store_lease set owner = null, due_at = now() + interval '1 hour' where store_id = $1", store);
        List<String> heard = new CopyOnWriteArrayList<>();
        PgConnection listener = get(database.pool().getConnection().map(PgConnection::cast));
        listener.notificationHandler(notification -> heard.add(notification.getPayload()));
        get(listener.query("listen tillbridge_due").execute());

        get(writer.store(List.of(product("1", "e1"), product("2", "e2"))));

        assertThat(database.count("select count(*) from store_lease where store_id = $1 and due_at <= now()", store)).isOne();
        Awaitility.await().until(() -> heard.contains(store + " inbox"));
        assertThat(heard).filteredOn(payload -> payload.startsWith(store.toString())).hasSize(1);
        get(listener.query("unlisten *").execute().chain(listener::close));
    }

    @Test
    void aStoreThatIsGoneKeepsNoOtherFromBeingStored() {
        get(writer.store(List.of(InboxEntry.ofStore("gone.myshopify.com", new WebhookHint(Kind.PRODUCT, "1"), "e1"),
                product("2", "e2"))));

        assertThat(open(store)).hasSize(1);
    }

    @Test
    void replicasThatStoreTheSameAtOnceDoNotDeadlock() {
        var random = new Random(4);
        List<Uni<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<InboxEntry> batch = new ArrayList<>();
            for (int j = 0; j < 40; j++) {
                batch.add(product("" + random.nextInt(50), "event-" + random.nextInt(1_000)));
            }
            writes.add(writer.store(batch));
        }
        get(Uni.join().all(writes).andFailFast());

        assertThat(open(store)).hasSizeLessThanOrEqualTo(50).isNotEmpty();
    }

    @Test
    void whatIsUsualIsLearnedFromThePausesAndADeliveryEndsTheSilence() {
        get(writer.store(List.of(product("1", "e1"))));
        database.run("update webhook_status set last_at = now() - interval '10 minutes' where store_id = $1", store);
        get(writer.store(List.of(product("1", "e2"), product("1", "e3"))));
        get(writer.store(List.of(product("1", "e4"))));
        assertThat(usualGap()).isEqualTo("600 none");

        // A pause that a change fell into unannounced is none that is usual.
        database.run("update webhook_status set last_at = now() - interval '5 hours', unannounced_since = now()"
                + " where store_id = $1", store);
        get(writer.store(List.of(product("1", "e5"))));
        assertThat(usualGap()).isEqualTo("600 none");
        database.run("update webhook_status set last_at = now() - interval '5 hours', silent_since = now()"
                + " where store_id = $1", store);
        get(writer.store(List.of(product("1", "e6"))));
        assertThat(usualGap()).isEqualTo("600 none");
    }

    @Test
    void aSingleLongPauseMakesNoLongPauseUsual() {
        get(writer.store(List.of(product("1", "e1"))));
        database.run("update webhook_status set usual_gap = 600, last_at = now() - interval '3 days' where store_id = $1",
                store);
        get(writer.store(List.of(product("1", "e2"))));

        assertThat(usualGap()).isEqualTo("720 none");
    }

    private String usualGap() {
        return database.texts("select round(usual_gap)::text || coalesce(unannounced_since::text, ' none') from webhook_status"
                + " where store_id = $1", store).get(0);
    }

    private InboxEntry product(String id, String event) {
        return InboxEntry.ofStore(store + ".myshopify.com", new WebhookHint(Kind.PRODUCT, id), event);
    }

    private List<Open> open(UUID owner) {
        return get(inbox.open(owner, 250));
    }
}
