package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import dev.tillbridge.clover.CloverWire.Ref;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;

/** What rows of Clover's lists say of sales. A stamp is made of what such a row shows and a sale is made of. */
final class SaleMentions {

    private static final Logger LOG = Logger.getLogger(SaleMentions.class);

    private static final Duration GRAIN = Duration.ofSeconds(1);

    private SaleMentions() {}

    /** @param mention makes one of a row; null leaves it out */
    static <R extends CloverRow> SalePage page(RowPage<R> page, Function<R, SaleMention> mention) {
        List<SaleMention> mentions = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (R row : page.rows()) {
            SaleMention made = mention.apply(row);
            if (made == null) {
                continue;
            }
            if (CloverId.fits(made.id()) && (made.saleId() == null || CloverId.fits(made.saleId()))) {
                mentions.add(asOf(made, page.vendorTime()));
            } else {
                unusable.add(made.id());
            }
        }
        if (!unusable.isEmpty()) {
            LOG.warnf("%d rows of a page of sales are left out, because an id is none of Clover's form; the first is %s",
                    unusable.size(), unusable.get(0));
        }
        return new SalePage(mentions, page.asOf(), page.vendorTime());
    }

    /**
     * Clover's server writes times in whole seconds (inferred, not documented). Until the second of its last change is
     * over a row may change again and look the same, so its stamp says that it was read too early: once it is over, the same row
     * is news, and its sale is read once more. A second more, because an answer may be a little older than its {@code Date}.
     */
    private static SaleMention asOf(SaleMention mention, Instant vendorTime) {
        return mention.changedAt() == null || mention.changedAt().isBefore(vendorTime.minus(GRAIN))
                ? mention
                : mention.stamped(mention.stamp() + "|early");
    }

    static SaleMention order(OrderWire.Order row) {
        return new SaleMention(SaleMention.Kind.ORDER, row.id(), row.id(), OrderFields.shown(row.total()),
                time(row.createdTime(), row.modifiedTime()),
                stamp(row.modifiedTime(), row.total(), row.unpaidBalance(), row.paymentState(), row.state(),
                        row.deletedTimestamp(), row.taxRemoved(), row.testMode(),
                        row.orderType() == null ? null : row.orderType().id()),
                null, changed(row.modifiedTime()), null);
    }

    /** A payment of no order is of no sale: null. */
    static SaleMention payment(OrderWire.Payment row) {
        String saleId = id(row.order());
        return saleId == null
                ? null
                : new SaleMention(SaleMention.Kind.PAYMENT, row.id(), saleId, OrderFields.shown(row.amount()),
                        time(row.createdTime(), row.modifiedTime()),
                        stamp(row.modifiedTime(), row.amount(), row.tipAmount(), row.result()), null,
                        changed(row.modifiedTime()),
                        new SaleMention.Received(tip(row.tipAmount()),
                                OrderFields.text(row.result())));
    }

    static SaleMention refund(OrderWire.Refund row) {
        return new SaleMention(SaleMention.Kind.REFUND, row.id(), id(row.orderRef()), OrderFields.shown(row.amount()),
                time(row.createdTime(), null), stamp(row.createdTime(), row.amount(), row.voided(), row.status()),
                SaleMention.Money.of(OrderFields.text(row.status()), Boolean.TRUE.equals(row.voided())));
    }

    static SaleMention credit(OrderWire.Credit row) {
        return new SaleMention(SaleMention.Kind.CREDIT, row.id(), id(row.orderRef()), OrderFields.shown(row.amount()),
                time(row.createdTime(), null), stamp(row.createdTime(), row.amount(), row.voided()),
                SaleMention.Money.of(null, Boolean.TRUE.equals(row.voided())));
    }

    private static String id(Ref ref) {
        return ref == null ? null : ref.id();
    }

    /** One of them is there: the list was read by it. */
    private static Instant time(Long created, Long modified) {
        return Instant.ofEpochMilli(created == null ? modified : created);
    }

    private static Instant changed(Long modified) {
        return modified == null ? null : Instant.ofEpochMilli(modified);
    }

    /** One that is no amount makes its sale unusable when that is read. */
    private static long tip(BigDecimal shown) {
        Long tip = OrderFields.shown(shown);
        return tip == null ? 0 : tip;
    }

    private static String stamp(Object... shown) {
        return Arrays.stream(shown).map(value -> Objects.toString(value, "")).collect(Collectors.joining("|"));
    }
}
