package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class DigestWriterTest {

    private final DigestWriter writer = new DigestWriter("https://tillbridge.example.com/", 50);

    @Test
    void the_subject_says_how_many_things_need_somebody_and_where() {
        assertThat(subject(NoticeKind.ORDER_HELD)).isEqualTo("1 order at Main Street needs you");
        assertThat(subject(NoticeKind.ORDER_HELD, NoticeKind.ORDER_HELD, NoticeKind.ORDER_FAILED))
                .isEqualTo("3 orders at Main Street need you");
        assertThat(subject(NoticeKind.SHIPMENT_FAILED, NoticeKind.SHIPMENT_FAILED))
                .isEqualTo("2 shipments at Main Street need you");
        assertThat(subject(NoticeKind.ORDER_DOUBLE)).isEqualTo("1 duplicate order at Main Street was cancelled");
        assertThat(subject(NoticeKind.ORDER_DOUBLE, NoticeKind.ORDER_HELD)).isEqualTo("1 order at Main Street needs you");
        assertThat(writer.write(Samples.facts(List.of(), Samples.products(1, 1, 1))).subject())
                .isEqualTo("1 product at Main Street is not linked");
        assertThat(writer.write(Samples.facts(List.of(Samples.counted(NoticeKind.ORDER_HELD),
                Samples.counted(NoticeKind.STOCK_REFUSED)), Samples.products(1200, 1200, 20))).subject())
                .isEqualTo("1 order, 1 stock change and 1,200 products at Main Street need you");
        assertThat(writer.write(Samples.facts(List.of(Samples.told(NoticeKind.ORDER_HELD)), UnlinkedProducts.NONE)).subject())
                .isEqualTo("Still open: 1 order at Main Street needs you");
    }

    @Test
    void sections_come_by_kind_with_what_happened_why_and_what_to_do() {
        Digest digest = writer.write(Samples.badDay());

        assertThat(digest.sections()).extracting(Digest.Section::heading).containsExactly("3 orders are on hold",
                "1 order could not be brought to your shop yet", "1 stock change is in doubt", "1 order was in your shop twice",
                "132 products are not linked");
        assertThat(digest.sections()).allSatisfy(section -> {
            assertThat(section.why()).isNotBlank();
            assertThat(section.advice()).isNotBlank();
        });
        var held = digest.sections().get(0);
        assertThat(held.link()).isEqualTo(
                "https://tillbridge.example.com/channels/" + Samples.CHANNEL + "/orders?status=ATTENTION");
        assertThat(held.more()).isNull();
        assertThat(held.entries().get(0)).isEqualTo(new Digest.Entry("Order 4ZK7QW1T2M3N4 of 24.90 USD",
                "“House blend, 250 g” is not linked to a product of your shop.", "since 23 Nov 2026, 14:05",
                "https://tillbridge.example.com/channels/" + Samples.CHANNEL + "/orders/4ZK7QW1T2M3N4"));
        assertThat(digest.sections().get(2).link()).endsWith("/orders?status=PROBLEM");
        var products = digest.sections().get(4);
        assertThat(products.entries()).hasSize(20);
        assertThat(products.entries().get(0).title()).isEqualTo("Linen shirt / Size 1 (SKU LS-001)");
        assertThat(products.entries().get(3).title()).as("no SKU").isEqualTo("Linen shirt / Size 4");
        assertThat(products.more()).isEqualTo("and 112 more");
    }

    @Test
    void shipments_that_are_not_on_the_till_have_a_section_of_their_own() {
        Digest digest = writer.write(Samples.facts(List.of(Samples.counted(NoticeKind.SHIPMENT_FAILED),
                Samples.counted(NoticeKind.ORDER_HELD)), UnlinkedProducts.NONE));
        assertThat(digest.sections()).extracting(Digest.Section::heading).containsExactly("1 order is on hold",
                "1 shipment is not on the till");
        assertThat(digest.sections().get(1).link()).endsWith("/orders?status=PROBLEM");
        assertThat(digest.sections().get(1).advice()).contains("send the order again");
    }

    @Test
    void a_full_digest_counts_what_it_does_not_show() {
        var notices = IntStream.range(0, 170).mapToObj(i -> i < 50
                ? Samples.notice(NoticeKind.ORDER_HELD, "Order " + i, "")
                : Samples.counted(NoticeKind.ORDER_HELD)).toList();

        Digest digest = writer.write(Samples.facts(notices, Samples.products(7, 30, 7)));

        assertThat(digest.sections().get(0).entries()).hasSize(50).allMatch(entry -> entry.detail() == null);
        assertThat(digest.sections().get(0).more()).isEqualTo("and 120 more");
        assertThat(digest.sections().get(1).entries()).isEmpty();
        assertThat(digest.sections().get(1).more()).isEqualTo("There is no room here to list them.");
        assertThat(digest.sections().get(1).why())
                .endsWith("These are new since the last mail; 30 are not linked in all.");
    }

    @Test
    void without_a_public_url_there_are_no_links() {
        Digest digest = new DigestWriter(null, 50).write(Samples.badDay());
        assertThat(digest.sections()).allSatisfy(section -> {
            assertThat(section.link()).isNull();
            assertThat(section.entries()).allMatch(entry -> entry.link() == null);
        });
    }

    @Test
    void names_are_one_line_and_an_unknown_zone_is_utc() {
        var facts = Samples.badDay();
        Digest digest = writer.write(new DigestFacts(Samples.CHANNEL, "Main\r\nBcc: x@evil.example\n\nStreet", "Shop\u0007",
                "Mars/Base", facts.recipients(), facts.notices(), facts.products(), facts.asOf()));
        assertThat(digest.subject()).doesNotContainPattern("\\p{Cc}").contains("Main Bcc: x@evil.example Street");
        assertThat(digest.store()).isEqualTo("Shop");
        assertThat(digest.sections().get(0).entries().get(0).since()).isEqualTo("since 23 Nov 2026, 19:05 UTC");
    }

    private String subject(NoticeKind... kinds) {
        return writer.write(Samples.facts(List.of(kinds).stream().map(Samples::counted).toList(), UnlinkedProducts.NONE))
                .subject();
    }
}
