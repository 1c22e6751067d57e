package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.PlainDatabase;

/** What is told when, on a real PostgreSQL; time passes by moving what is stored back. */
class DigestRepositoryTest {

    private static final String SETTINGS = """
            {"inventorySync": {"enabled": true}, "notifications": {"recipients": ["a@example.com", "b@example.com"]}}""";

    private static PlainDatabase database;
    private final Notices notices = new Notices();
    private DigestRepository digests;
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
        database.run("delete from channel");
        digests = new DigestRepository(database.pool(), new Config());
        store = database.leasedStore().storeId();
        channel = database.channel(store, SETTINGS);
    }

    @Test
    void a_notice_is_told_once_others_have_had_time_to_join_it() {
        raise(held("1"));
        assertThat(claim()).as("collecting").isEmpty();
        pass("1 minute");
        raise(held("2"));

        DigestFacts facts = claimed();

        assertThat(facts.recipients()).containsExactly("a@example.com", "b@example.com");
        assertThat(facts.notices()).extracting(notice -> notice.text().title()).containsExactly("Order 1", "Order 2");
        assertThat(facts.notices()).noneMatch(OpenNotice::told);
    }

    @Test
    void what_is_resolved_before_the_digest_is_not_told() {
        raise(held("1"), held("2"), held("3"));
        PlainDatabase.get(
                notices.resolve(database.pool(), channel, NoticeKind.ORDER_HELD, List.of("order:1", "order:3", "order:9")));
        PlainDatabase.get(notices.resolve(database.pool(), channel, NoticeKind.ORDER_FAILED, "order:2"));
        pass("1 minute");
        assertThat(claimed().notices()).extracting(notice -> notice.text().title()).containsExactly("Order 2");

        free();
        PlainDatabase.get(notices.resolve(database.pool(), channel, NoticeKind.ORDER_HELD, "order:2"));
        assertThat(claim()).isEmpty();
    }

    @Test
    void raising_it_again_does_not_tell_it_again_before_the_repeat_delay() {
        raise(held("1"));
        pass("1 minute");
        sent();
        raise(held("1"));
        pass("23 hours 50 minutes");
        assertThat(claim()).isEmpty();

        pass("10 minutes");
        var facts = claimed();

        assertThat(facts.notices()).hasSize(1).allMatch(OpenNotice::told);
        assertThat(database.count("select times from notice")).isEqualTo(2);
    }

    @Test
    void an_open_order_is_reminded_of_and_a_cancelled_double_is_not() {
        raise(held("1"), notice(NoticeKind.ORDER_DOUBLE, "double:1", "Double"),
                notice(NoticeKind.ITEM_UNLINKED, "link:1", "Item"));
        pass("1 minute");
        assertThat(sent().notices()).hasSize(3);
        assertThat(database.texts("select kind from notice where resolved_at is not null")).containsExactly("ORDER_DOUBLE");
        pass("25 hours");

        assertThat(claimed().notices()).extracting(OpenNotice::kind).containsExactly(NoticeKind.ORDER_HELD);
        raise(notice(NoticeKind.ITEM_UNLINKED, "link:1", "Item"));
        free();
        assertThat(claimed().notices()).as("raised again").extracting(OpenNotice::kind)
                .containsExactly(NoticeKind.ORDER_HELD, NoticeKind.ITEM_UNLINKED);
    }

    @Test
    void what_comes_back_the_same_waits_and_what_comes_back_another_is_told() {
        raise(held("1"), held("2"));
        pass("1 minute");
        sent();
        PlainDatabase.get(notices.resolve(database.pool(), channel, NoticeKind.ORDER_HELD, List.of("order:1", "order:2")));
        pass("1 hour");
        raise(held("1"), notice(NoticeKind.ORDER_HELD, "order:2", "Order 2 has another problem"));
        pass("1 minute");

        assertThat(claimed().notices()).extracting(notice -> notice.text().title())
                .containsExactly("Order 2 has another problem");
    }

    @Test
    void what_is_raised_anew_while_its_mail_is_on_its_way_is_told_next_time() {
        raise(held("1"));
        pass("1 minute");
        var facts = claimed();
        PlainDatabase.get(notices.resolve(database.pool(), channel, NoticeKind.ORDER_HELD, "order:1"));
        raise(notice(NoticeKind.ORDER_HELD, "order:1", "Another problem"), held("2"));
        PlainDatabase.get(digests.sent(facts));
        pass("15 minutes");

        assertThat(claimed().notices()).extracting(notice -> notice.text().title())
                .containsExactlyInAnyOrder("Another problem", "Order 2");
    }

    @Test
    void a_digest_leaves_in_a_quarter_hour_at_most_and_so_many_a_day() {
        for (int mail = 1; mail <= 3; mail++) {
            raise(held("a" + mail));
            pass("1 minute");
            assertThat(claim()).as("mail %d is too early", mail).hasSize(mail == 1 ? 1 : 0);
            free();
            pass("15 minutes");
            sent();
        }
        raise(held("a4"));
        pass("1 hour");
        assertThat(claim()).as("the day's mails are sent").isEmpty();

        database.run("update mail_digest set day = day - 1");
        assertThat(sent().notices()).hasSize(1);
        assertThat(database.count("select mails from mail_digest")).isEqualTo(1);
    }

    @Test
    void a_failure_is_tried_again_later_and_later_up_to_an_hour_and_never_given_up() {
        raise(held("1"));
        pass("1 minute");
        List<Long> delays = new ArrayList<>();
        for (int attempt = 0; attempt < 9; attempt++) {
            assertThat(claim()).hasSize(1);
            PlainDatabase.get(digests.failed(channel, "Connection refused"));
            assertThat(claim()).isEmpty();
            delays.add(database
                    .count("select round(extract(epoch from retry_at - clock_timestamp()) / 60)::bigint from mail_digest"));
            database.run("update mail_digest set retry_at = clock_timestamp()");
        }
        assertThat(delays).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(database.texts("select last_error from mail_digest")).containsExactly("Connection refused");

        sent();
        assertThat(database
                .count("select count(*) from mail_digest where attempts = 0 and retry_at is null and last_error is null"))
                .isEqualTo(1);
    }

    @Test
    void one_replica_gets_a_digest_until_its_claim_runs_out() {
        raise(held("1"));
        pass("1 minute");
        List<Uni<List<UUID>>> claims = new ArrayList<>();
        for (int replica = 0; replica < 6; replica++) {
            claims.add(digests.claim(8));
        }

        var won = PlainDatabase.get(Uni.join().all(claims).andFailFast());

        assertThat(won.stream().mapToInt(List::size).sum()).isEqualTo(1);
        assertThat(claim()).isEmpty();
        database.run("update mail_digest set claimed_until = clock_timestamp() - interval '1 second'");
        assertThat(claim()).as("the holder died").hasSize(1);
    }

    @Test
    void nothing_is_mailed_where_nobody_wants_it_and_the_notices_stay() {
        raise(held("1"));
        pass("1 minute");
        for (var settings : List.of("{}", "{\"notifications\": {\"recipients\": []}}",
                "{\"orderSync\": {\"notifyOnUnlinked\": false}, \"notifications\": {\"recipients\": [\"a@example.com\"]}}")) {
            settings(settings);
            assertThat(claim()).as(settings).isEmpty();
        }
        settings(SETTINGS);
        database.run("update channel set status = 'PAUSED'");
        assertThat(claim()).as("paused").isEmpty();
        database.run("update channel set status = 'CONNECTED'");
        var facts = claimed();
        settings("{}");
        assertThat(PlainDatabase.get(digests.read(channel)).tellsNothing()).as("changed after the claim").isTrue();
        assertThat(facts.notices()).hasSize(1);
    }

    @Test
    void products_without_link_are_told_once_each_with_the_first_twenty() {
        unlinked(1, 130, "unlinked");
        unlinked(131, 132, "ambiguous");
        unlinked(133, 140, "blocked");
        assertThat(claim()).as("matching may still be under way").isEmpty();
        pass("1 minute");

        var products = sent().products();

        assertThat(products.fresh()).isEqualTo(132);
        assertThat(products.all()).isEqualTo(132);
        assertThat(products.first()).hasSize(20);
        assertThat(products.first().get(0)).isEqualTo(new UnlinkedProducts.Product("Product 1", "SKU-1", "No item has it"));
        pass("1 hour");
        database.run("update unlinked set reason = 'Another reason'");
        assertThat(claim()).as("known").isEmpty();

        database.run("delete from unlinked where variant_id <= 'v0100'");
        unlinked(201, 203, "unlinked");
        pass("1 minute");
        var next = claimed().products();
        assertThat(next.fresh()).isEqualTo(3);
        assertThat(next.all()).isEqualTo(35);
    }

    @Test
    void products_are_nobodys_matter_before_something_is_kept_in_step() {
        settings("{\"notifications\": {\"recipients\": [\"a@example.com\"]}}");
        unlinked(1, 3, "unlinked");
        pass("1 minute");
        assertThat(claim()).isEmpty();

        settings("{\"orderSync\": {\"enabled\": true}, \"notifications\": {\"recipients\": [\"a@example.com\"]}}");
        assertThat(claimed().products().fresh()).isEqualTo(3);
    }

    @Test
    void a_digest_shows_so_many_and_knows_them_all() {
        List<Notice> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(held(String.format("%02d", i)));
        }
        many.add(notice(NoticeKind.ORDER_FAILED, "order:x", "Failed"));
        many.add(held("00"));
        PlainDatabase.get(notices.raise(database.pool(), many));
        pass("1 minute");

        var facts = sent();

        assertThat(facts.notices()).hasSize(61);
        assertThat(facts.notices().stream().filter(notice -> notice.text() != null)).hasSize(50);
        assertThat(database.count("select count(*) from notice where mailed_at is null")).isZero();
    }

    @Test
    void a_notice_of_a_deleted_channel_fails_nobodys_transaction_and_old_ones_are_forgotten() {
        UUID gone = UUID.randomUUID();
        PlainDatabase.get(notices.raise(database.pool(), List.of(held("1"),
                new Notice(store, gone, NoticeKind.ORDER_HELD, "order:1", "Gone", "", null))));
        assertThat(database.count("select count(*) from notice")).isEqualTo(1);

        raise(held("2"));
        PlainDatabase.get(notices.resolve(database.pool(), channel, NoticeKind.ORDER_HELD, "order:2"));
        database.run("update notice set resolved_at = resolved_at - interval '31 days' where subject = 'order:2'");
        pass("1 minute");
        sent();
        assertThat(database.texts("select subject from notice")).containsExactly("order:1");
    }

    @Test
    void a_kind_of_a_newer_version_is_left_to_it() {
        raise(held("1"));
        database.run("update notice set kind = 'PRICE_REFUSED'");
        pass("1 minute");
        assertThat(claim()).isEmpty();
    }

    private List<UUID> claim() {
        return PlainDatabase.get(digests.claim(8));
    }

    private DigestFacts claimed() {
        assertThat(claim()).containsExactly(channel);
        return PlainDatabase.get(digests.read(channel));
    }

    private DigestFacts sent() {
        var facts = claimed();
        PlainDatabase.get(digests.sent(facts));
        return facts;
    }

    private void free() {
        PlainDatabase.get(digests.release(channel));
    }

    private void raise(Notice... raised) {
        PlainDatabase.get(notices.raise(database.pool(), List.of(raised)));
    }

    private Notice held(String order) {
        return notice(NoticeKind.ORDER_HELD, "order:" + order, "Order " + order);
    }

    private Notice notice(NoticeKind kind, String subject, String title) {
        return new Notice(store, channel, kind, subject, title, "Why", "/orders/1");
    }

    private void settings(String settings) {
        database.run("update channel set settings = $1::text::jsonb", settings);
    }

    private void unlinked(int from, int to, String status) {
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, sku, tracked, as_of)
                select $1, 'v' || lpad(i::text, 4, '0'), 'p', 'i' || i, 'Product ' || i, 'ACTIVE', 'SKU-' || i, true, now()
                from generate_series($2::int, $3::int) i""", store, from, to);
        database.run("""
                insert into unlinked (channel_id, variant_id, status, reason)
                select $1, 'v' || lpad(i::text, 4, '0'), $4, 'No item has it' from generate_series($2::int, $3::int) i""",
                channel, from, to, status);
    }

    private static void pass(String time) {
        database.run("""
                update notice set raised_at = raised_at - $1::text::interval, last_raised_at = last_raised_at - $1::text::interval,
                  mailed_at = mailed_at - $1::text::interval""", time);
        database.run("""
                update mail_digest set sent_at = sent_at - $1::text::interval,
                  unlinked_until = unlinked_until - $1::text::interval""", time);
        database.run("update unlinked set since = since - $1::text::interval", time);
    }

    /** The defaults, but for a small cap. */
    private record Config() implements NotificationConfig {

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Optional<String> from() {
            return Optional.empty();
        }

        @Override
        public Optional<String> publicUrl() {
            return Optional.empty();
        }

        @Override
        public Duration digestEvery() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration collectFor() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration repeatAfter() {
            return Duration.ofHours(24);
        }

        @Override
        public int mostEntries() {
            return 50;
        }

        @Override
        public int mostMailsPerDay() {
            return 3;
        }

        @Override
        public Duration lookEvery() {
            return Duration.ofSeconds(30);
        }
    }
}
