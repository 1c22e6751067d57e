package dev.tillbridge.notification;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Makes a mail's content of what is open: a section for each kind, in the kinds' order. */
final class DigestWriter {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_LINE = 300;
    private static final String SINCE = "d MMM yyyy, HH:mm";

    private final String publicUrl;
    private final int mostEntries;

    /** @param publicUrl null where mails have no links */
    DigestWriter(String publicUrl, int mostEntries) {
        this.publicUrl = publicUrl == null ? null : publicUrl.replaceAll("/+$", "");
        this.mostEntries = mostEntries;
    }

    Digest write(DigestFacts facts) {
        var channel = name(facts.channel());
        Map<NoticeKind, Long> counts = counts(facts);
        var time = formatter(facts.timezone());
        int room = mostEntries;
        List<Digest.Section> sections = new ArrayList<>();
        for (var kind : counts.keySet()) {
            List<Digest.Entry> entries = new ArrayList<>(facts.notices().stream()
                    .filter(notice -> notice.kind() == kind && notice.text() != null)
                    .map(notice -> entry(notice, time, facts.channelId()))
                    .limit(room).toList());
            if (kind == NoticeKind.ITEM_UNLINKED) {
                facts.products().first().stream().limit(room - (long) entries.size()).map(DigestWriter::entry)
                        .forEach(entries::add);
            }
            room -= entries.size();
            sections.add(section(facts, kind, counts.get(kind), entries));
        }
        boolean reminder = facts.products().fresh() == 0 && facts.notices().stream().allMatch(OpenNotice::told);
        return new Digest(DigestWords.subject(channel, counts, reminder), channel, name(facts.store()), List.copyOf(sections));
    }

    private static Map<NoticeKind, Long> counts(DigestFacts facts) {
        Map<NoticeKind, Long> counts = new EnumMap<>(NoticeKind.class);
        facts.notices().forEach(notice -> counts.merge(notice.kind(), 1L, Long::sum));
        if (facts.products().fresh() > 0) {
            counts.merge(NoticeKind.ITEM_UNLINKED, facts.products().fresh(), Long::sum);
        }
        return counts;
    }

    private Digest.Section section(DigestFacts facts, NoticeKind kind, long count, List<Digest.Entry> entries) {
        var why = DigestWords.why(kind);
        var products = facts.products();
        if (kind == NoticeKind.ITEM_UNLINKED && products.all() > products.fresh()) {
            why += " These are new since the last mail; " + DigestWords.number(products.all()) + " are not linked in all.";
        }
        return new Digest.Section(DigestWords.heading(kind, count), why, DigestWords.advice(kind), List.copyOf(entries),
                DigestWords.more(count, entries.size()),
                link(facts.channelId(), "/api/v1/channels/" + facts.channelId() + DigestWords.list(kind)));
    }

    private Digest.Entry entry(OpenNotice notice, DateTimeFormatter time, UUID channelId) {
        var text = notice.text();
        return new Digest.Entry(text.title(), text.detail().isEmpty() ? null : text.detail(),
                (notice.told() ? "still open, since " : "since ") + time.format(notice.since()),
                link(channelId, text.path()));
    }

    private static Digest.Entry entry(UnlinkedProducts.Product product) {
        var title = PlainText.line(product.title(), LONGEST_LINE);
        var sku = PlainText.line(product.sku(), LONGEST_NAME);
        return new Digest.Entry(sku.isEmpty() ? title : title + " (SKU " + sku + ")",
                PlainText.line(product.reason(), LONGEST_LINE), null, null);
    }

    private String link(UUID channelId, String path) {
        return publicUrl == null || path == null ? null : publicUrl + DashboardAddress.of(path, channelId);
    }

    private static String name(String name) {
        return PlainText.line(name, LONGEST_NAME);
    }

    /** The till names its zone itself; one that Java does not know must not keep the mail back. */
    private static DateTimeFormatter formatter(String timezone) {
        try {
            return DateTimeFormatter.ofPattern(SINCE, Locale.ENGLISH).withZone(ZoneId.of(timezone));
        } catch (DateTimeException unknown) {
            return DateTimeFormatter.ofPattern(SINCE + " 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
        }
    }
}
