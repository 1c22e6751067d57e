package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

/** Notices that stages raise arrive as mail at a real SMTP server. */
@QuarkusTest
@TestProfile(RealMail.class)
@QuarkusTestResource(SandboxResource.class)
class DigestMailTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The service has looked twice. */
    private static final Duration LOOKS = Duration.ofMillis(2_500);
    private static final String SETTINGS = """
            {"inventorySync": {"enabled": true}, "notifications": {"recipients": ["owner@example.com", "shop@example.com"]}}""";

    @Inject
    Notices notices;
    @Inject
    Pool pool;
    @Inject
    MeterRegistry registry;
    @ConfigProperty(name = "quarkus.mailer.port")
    int port;

    private PlainDatabase database;
    private GreenMail server;
    private UUID store;
    private UUID channel;

    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        server = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTP));
        server.start();
        store = database.leasedStore().storeId();
        channel = database.channel(store, SETTINGS);
        name("Main Street");
    }

    @AfterEach
    void stop() {
        server.stop();
        database.run("delete from channel");
    }

    @Test
    void one_mail_with_both_parts_tells_all_recipients_of_all_that_is_open() throws Exception {
        double before = sentMails();
        raise(held("1"), held("2"), notice(NoticeKind.ORDER_DOUBLE, "double:1", "Order #1042 was cancelled, #1041 stands"));

        MimeMessage mail = mails(1)[0];

        assertThat(mail.getSubject()).isEqualTo("2 orders at Main Street need you");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("tillbridge@example.com");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).extracting(Object::toString)
                .containsExactly("owner@example.com", "shop@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        for (String part : List.of(part(mail, "text/plain"), part(mail, "text/html"))) {
            assertThat(part).contains("2 orders are on hold", "Order 1", "Order 2", "1 order was in your shop twice",
                    "Order #1042 was cancelled, #1041 stands", "What to do:", "https://tillbridge.example.com/orders/1",
                    "https://tillbridge.example.com/channels/" + channel + "/orders?status=ATTENTION");
        }
        assertThat(part(mail, "text/html")).startsWith("<!DOCTYPE html>");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sentMails()).isEqualTo(before + 1));
    }

    @Test
    void the_quarter_hour_the_repeat_delay_and_the_cap_hold() throws Exception {
        raise(held("1"));
        assertThat(mails(1)).hasSize(1);
        raise(held("1"), held("2"));
        quiet(1);

        pass("15 minutes");
        assertThat(mails(2)[1].getSubject()).isEqualTo("1 order at Main Street needs you");
        assertThat(part(mails(2)[1], "text/plain")).contains("Order 2").doesNotContain("Order 1");
        pass("15 minutes");
        quiet(2);

        pass("24 hours");
        assertThat(mails(3)[2].getSubject()).isEqualTo("Still open: 2 orders at Main Street need you");
        raise(held("3"));
        pass("15 minutes");
        quiet(3);
        database.run("update mail_digest set day = day - 1");
        assertThat(mails(4)[3].getSubject()).isEqualTo("1 order at Main Street needs you");
    }

    @Test
    void a_server_that_is_down_delays_mail_and_nothing_else() throws Exception {
        server.stop();
        raise(held("1"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                database.count("select count(*) from mail_digest where attempts > 0 and last_error is not null")).isEqualTo(1));
        PlainDatabase.get(notices.resolve(pool, channel, NoticeKind.ORDER_HELD, "order:1"));
        raise(held("2"));

        server.start();
        database.run("update mail_digest set retry_at = clock_timestamp() where retry_at is not null");

        assertThat(part(mails(1)[0], "text/plain")).contains("Order 2").doesNotContain("Order 1");
        quiet(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                database.count(
                        "select count(*) from mail_digest where attempts = 0 and last_error is null and sent_at is not null"))
                .isEqualTo(1));
    }

    @Test
    void names_cannot_add_headers_or_markup() throws Exception {
        name("Main\r\nBcc: victim@example.com\r\n\r\n<b>Street</b>");
        database.run("update store set name = '<img src=\"https://evil.example/x\">' where id = $1", store);
        raise(new Notice(store, channel, NoticeKind.ORDER_HELD, "order:1", "<script>alert(1)</script>\r\n.\r\nQUIT",
                "{#for x in digest}\"'&\u0000\u202E", "/orders/\"><img src=x onerror=alert(1)>"));

        MimeMessage mail = mails(1)[0];

        assertThat(mail.getSubject()).isEqualTo("1 order at Main Bcc: victim@example.com <b>Street</b> needs you");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(part(mail, "text/plain")).contains("<script>alert(1)</script> . QUIT", "{#for x in digest}\"'&");
        String html = part(mail, "text/html");
        assertThat(html).doesNotContain("<script", "<img", "<b>", "\u202E").contains(
                "&lt;script&gt;alert(1)&lt;/script&gt; . QUIT",
                "{#for x in digest}&quot;&#39;&amp;", "&lt;b&gt;Street&lt;/b&gt;",
                "href=\"https://tillbridge.example.com/orders/%22%3E%3Cimg+src=x+onerror=alert%281%29%3E\"");
        quiet(1);
    }

    @Test
    void products_without_link_are_told_of() throws Exception {
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, sku, tracked, as_of)
                values ($1, 'v1', 'p', 'i1', 'Linen shirt / M', 'ACTIVE', 'LS-M', true, now())""", store);
        database.run("""
                insert into unlinked (channel_id, variant_id, status, reason)
                values ($1, 'v1', 'unlinked', 'No item at the till has the SKU LS-M')""", channel);

        MimeMessage mail = mails(1)[0];

        assertThat(mail.getSubject()).isEqualTo("1 product at Main Street is not linked");
        assertThat(part(mail, "text/plain")).contains("Linen shirt / M (SKU LS-M)", "No item at the till has the SKU LS-M");
    }

    @Test
    void without_recipients_nothing_is_mailed_and_the_notice_stays() {
        database.run("update channel set settings = '{}' where id = $1", channel);
        raise(held("1"));
        quiet(0);
        assertThat(database.count(
                "select count(*) from notice where channel_id = $1 and mailed_at is null and resolved_at is null",
                channel)).isEqualTo(1);
    }

    /** To be looked at: target/mails. */
    @Test
    void a_typical_digest_is_whole_in_both_forms() throws IOException {
        Digest digest = new DigestWriter("https://tillbridge.example.com", 50).write(Samples.badDay());
        String html = PlainDatabase.get(DigestTemplates.digestHtml(digest).createUni());
        String text = PlainDatabase.get(DigestTemplates.digestText(digest).createUni());
        Path folder = Files.createDirectories(Path.of("target", "mails"));
        Files.writeString(folder.resolve("digest.html"), html);
        Files.writeString(folder.resolve("digest.txt"), text);

        for (Digest.Section section : digest.sections()) {
            assertThat(text).contains(section.heading(), section.why(), section.advice());
            assertThat(html).contains(section.heading());
            assertThat(section.entries()).allSatisfy(entry -> assertThat(text).contains(entry.title(), entry.detail()));
        }
        assertThat(html).contains("Juniper &amp; Sons", "and 112 more").doesNotContain("<img", "url(", "{digest", "{section");
        assertThat(text).contains("Juniper & Sons", "and 112 more").doesNotContain("&amp;", "{digest", "\n\n\n");
    }

    /** Waits until the owner has got so many, and the other recipient, too. */
    private MimeMessage[] mails(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(inbox("owner@example.com")).hasSize(count);
            assertThat(inbox("shop@example.com")).hasSize(count);
        });
        return inbox("owner@example.com");
    }

    private void quiet(int count) {
        await().during(LOOKS).atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inbox("owner@example.com")).hasSize(count));
    }

    private MimeMessage[] inbox(String address) {
        return server.findReceivedMessages(user -> user.getEmail().equals(address), mail -> true).toArray(MimeMessage[]::new);
    }

    private void raise(Notice... raised) {
        PlainDatabase.get(pool.withTransaction(connection -> notices.raise(connection, List.of(raised))));
    }

    private Notice held(String order) {
        return notice(NoticeKind.ORDER_HELD, "order:" + order, "Order " + order);
    }

    private Notice notice(NoticeKind kind, String subject, String title) {
        return new Notice(store, channel, kind, subject, title, "Why", "/orders/1");
    }

    private void name(String name) {
        database.run("update channel set name = $2 where id = $1", channel, name);
    }

    private void pass(String time) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                database.count("select count(*) from mail_digest where claimed_until is not null")).isZero());
        database.run("update notice set raised_at = raised_at - $1::text::interval, mailed_at = mailed_at - $1::text::interval",
                time);
        database.run("update mail_digest set sent_at = sent_at - $1::text::interval", time);
    }

    private double sentMails() {
        return registry.counter("tillbridge.mails", "outcome", "sent").count();
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        return part((Multipart) mail.getContent(), type);
    }

    private static String part(Multipart parts, String type) throws Exception {
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType(type)) {
                return part.getContent().toString().replace("\r\n", "\n");
            }
            if (part.getContent() instanceof Multipart inner) {
                return part(inner, type);
            }
        }
        throw new AssertionError("The mail has no part " + type);
    }
}
