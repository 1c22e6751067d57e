package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

class SaleJsonTest {

    /** A refund is sent again under the same key: Shopify refuses the key where the content differs by as much as a zero. */
    @Test
    void a_draft_comes_back_from_the_database_as_it_was() {
        var draft = new RefundDraft("key", "1", null, Instant.parse("2026-11-25T10:00:00Z"),
                List.of(new RefundDraft.Line("2", 1)),
                List.of(new RefundDraft.Transaction("3", "cash", new BigDecimal("10.00"))));

        assertThat(SaleJson.read(SaleJson.object(draft), RefundDraft.class)).isEqualTo(draft);
    }
}
