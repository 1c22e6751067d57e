package dev.tillbridge.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlainTextTest {

    @Property
    void a_line_is_one_line_of_at_most_so_many_characters_whatever_it_is_made_of(@ForAll String text) {
        String line = PlainText.line(text, 20);
        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(20);
        assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]")
                .isEqualTo(line.strip());
        assertThat(PlainText.line(line, 20)).isEqualTo(line);
    }

    @Property
    void a_path_has_nothing_that_could_end_an_attribute_or_an_address(@ForAll String path) {
        String encoded = PlainText.path(path);
        if (encoded != null) {
            assertThat(encoded).matches("/[A-Za-z0-9\\-._~/:?&=+,;@!*%]*");
        }
    }

    @Test
    void a_line_is_cut_between_characters_not_within_one() {
        assertThat(PlainText.line("Tea 🍵🍵🍵", 6)).isEqualTo("Tea 🍵…");
        assertThat(PlainText.line("Tea\r\nBcc: x@evil.example\u0000", 100)).isEqualTo("Tea Bcc: x@evil.example");
        assertThat(PlainText.line("paid\u202E00.9", 100)).isEqualTo("paid 00.9");
        assertThat(PlainText.line(null, 10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "/api/v1/channels/1/orders?status=HELD, /api/v1/channels/1/orders?status=HELD",
            "orders/1, /orders/1", "'/a\"><img src=x>', /a%22%3E%3Cimg+src=x%3E", "/größe, /gr%C3%B6%C3%9Fe"})
    void a_path_stays_readable(String path, String expected) {
        assertThat(PlainText.path(path)).isEqualTo(expected);
    }

    @Test
    void a_notice_takes_whatever_a_till_names_things() {
        var notice = new Notice(UUID.randomUUID(), UUID.randomUUID(), NoticeKind.ORDER_HELD, "order:1\u0000",
                "x".repeat(500), null, " ");
        assertThat(notice.subject()).isEqualTo("order:1");
        assertThat(notice.title()).hasSize(200).endsWith("…");
        assertThat(notice.detail()).isEmpty();
        assertThat(notice.path()).isNull();
    }
}
