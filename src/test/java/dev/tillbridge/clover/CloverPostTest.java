package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tillbridge.channel.TillNews;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.channel.WebhookHint.Kind;
import dev.tillbridge.channel.WebhookRefused;

class CloverPostTest {

    @Test
    void severalMerchantsAndEventsStandInOnePost() {
        var news = read(
                """
                {"appId":"DRKVJT2ZRRRSC","merchants":{
                  "XYZVJT2ZRRRSC":[{"objectId":"O:GHIVJT2ZRRRSC","type":"CREATE","ts":1537970958000},
                                   {"objectId":"P:JKLVJT2ZRRRSC","type":"UPDATE","ts":1537970958000},
                                   {"objectId":"IS:ABC","type":"UPDATE","ts":1}],
                  "ABCVJT2ZRRRSC":[{"objectId":"I:ABC","type":"DELETE","ts":1},{"objectId":"IA:DEF","type":"UPDATE","ts":1}]}}""");

        assertThat(news.hints()).containsExactly(hint("XYZVJT2ZRRRSC", Kind.SALE, "GHIVJT2ZRRRSC"),
                hint("XYZVJT2ZRRRSC", Kind.PAYMENT, "JKLVJT2ZRRRSC"), hint("XYZVJT2ZRRRSC", Kind.ITEM, "ABC"),
                hint("ABCVJT2ZRRRSC", Kind.ITEM, "ABC"), hint("ABCVJT2ZRRRSC", Kind.ITEM, "DEF"));
        assertThat(news.ignored()).isEmpty();
        assertThat(news.verificationCode()).isNull();
    }

    @Test
    void keysOfNoUseAndWhatIsNoIdAreCountedAndIgnored() {
        var news = read("""
                {"merchants":{"M":[{"objectId":"C:1"},{"objectId":"C:2"},{"objectId":"SH:1"},{"objectId":"WHATEVER:1"},
                  {"objectId":"O:with'quote"},{"objectId":"O:"},{"objectId":7},{},"text",{"objectId":"O:1"}]}}""");

        assertThat(news.hints()).containsExactly(hint("M", Kind.SALE, "1"));
        assertThat(news.ignored()).isEqualTo(Map.of("C", 2, "SH", 1, "other", 6));
    }

    @Test
    void aMerchantThatIsNoneOfCloversTakesNothingFromTheOthers() {
        var news = read("""
                {"merchants":{"M":{},"N":"text","with'quote":[{"objectId":"O:1"},{"objectId":"O:2"}],
                  "":[{"objectId":"O:1"}],"N\\u0000UL":[],"GOOD":[{"objectId":"O:4"},{"objectId":"P:N\\u0000UL"}]}}""");

        assertThat(news.hints()).containsExactly(hint("GOOD", Kind.SALE, "4"));
        assertThat(news.ignored()).isEqualTo(Map.of("other", 7));
    }

    @Test
    void theVerificationCodeIsForAPerson() {
        assertThat(read("{\"verificationCode\":\"9f1c2d3e-4f50-4a61-8b72-9c83ad94be05\"}"))
                .isEqualTo(new TillNews("9f1c2d3e-4f50-4a61-8b72-9c83ad94be05", List.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "{", "{}", "{\"merchants\":[]}",
            "{\"verificationCode\":\"line\\nbreak\"}"})
    void whatIsNoneOfClovers_IsRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(WebhookRefused.class);
    }

    private static TillNews.Hint hint(String merchant, Kind kind, String id) {
        return new TillNews.Hint(merchant, new WebhookHint(kind, id));
    }

    private static TillNews read(String body) {
        return CloverPost.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
