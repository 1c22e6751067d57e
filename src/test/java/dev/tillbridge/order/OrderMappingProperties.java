package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Whatever a till rings up: the order of the store is the till's to the cent, or it is held for a reason known before. */
class OrderMappingProperties {

    private static final List<String> REASONS = List.of("no-lines", "currency-differs", "unlinked-lines", "negative-line",
            "total-differs", "payments-differ", "too-many-lines");

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void an_order_is_the_sale_to_the_cent_or_held_for_its_reason(@ForAll("sales") RandomSales.Rung rung) {
        String expected = reason(rung);
        var result = OrderMapping.map(rung.sale(), rung.rules(), rung.links());
        Statistics.collect(result instanceof OrderMapping.Held held ? held.code() : "mapped");
        Statistics.coverage(share -> {
            share.check("mapped").percentage(mapped -> mapped > 50);
            REASONS.forEach(reason -> share.check(reason).count(count -> count > 0));
        });
        if (result instanceof OrderMapping.Held held) {
            boolean tooMany = expected == null
                    && receipts(rung).anyMatch(receipt -> size(receipt, rung) > OrderMapping.MOST_LINES);
            assertThat(held.code()).as(held.message()).isEqualTo(tooMany ? "too-many-lines" : expected);
            return;
        }
        assertThat(expected).isNull();
        var mapped = (OrderMapping.Mapped) result;
        OrderDraft draft = mapped.draft();
        var own = new NaiveTill(rung.sale(), rung.habits()).receipt();
        var book = book(mapped);
        if (!alike(own, book, rung, draft) && receipts(rung).noneMatch(receipt -> alike(receipt, book, rung, draft))) {
            assertThat(book).isEqualTo(book(own, rung));
            assertThat(draft.lines()).hasSize(size(own, rung));
        }
        if (own.total().longValueExact() == rung.sale().total() && rung.sale().total() > 0) {
            assertThat(draft.lines().stream().map(OrderDraft.Line::tax).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(decimal(own.tax(), rung.sale()));
        }
        long tips = rung.rules().tipsIncluded() ? tips(rung.sale()) : 0;
        assertThat(minor(draft.total(), rung.sale())).isEqualTo(rung.sale().total() + tips);
        if (rung.rules().paid()) {
            assertThat(
                    draft.transactions().stream().map(OrderDraft.Transaction::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(draft.total());
        }
        assertThat(draft.transactions()).allMatch(transaction -> transaction.amount().signum() > 0);
        assertThat(draft.lines()).allMatch(line -> line.unitPrice().signum() >= 0 && line.taxable() != line.taxes().isEmpty());
        assertThat(draft.lines()).extracting(OrderDraft.Line::key).doesNotHaveDuplicates();
        assertThat(quantities(draft)).isEqualTo(quantities(rung, mapped));
    }

    @Provide
    Arbitrary<RandomSales.Rung> sales() {
        return Arbitraries.randomValue(RandomSales::ring);
    }

    /** The receipts of tills, this one's first, that come to the sale's total. */
    private static Stream<NaiveTill.Receipt> receipts(RandomSales.Rung rung) {
        Sale sale = rung.sale();
        boolean untaxed = sale.taxesIncluded() || sale.taxRemoved();
        return Stream.concat(Stream.of(rung.habits()), NaiveTill.Habits.all().stream()
                .filter(habits -> !untaxed || habits.taxes() == NaiveTill.TaxRounded.PER_SALE))
                .map(habits -> new NaiveTill(sale, habits).receipt())
                .filter(receipt -> receipt.total().longValueExact() == sale.total());
    }

    private static boolean alike(NaiveTill.Receipt receipt, Map<String, BigDecimal> book, RandomSales.Rung rung,
            OrderDraft draft) {
        return book(receipt, rung).equals(book) && size(receipt, rung) == draft.lines().size();
    }

    private static String reason(RandomSales.Rung rung) {
        Sale sale = rung.sale();
        if (sale.lines().stream().allMatch(SaleLine::exchanged)) {
            return "no-lines";
        }
        if (!sale.currency().equals(rung.rules().shopCurrency())) {
            return "currency-differs";
        }
        if (rung.rules().unlinked() == MappingRules.Unlinked.HOLD && sale.lines().stream()
                .anyMatch(line -> line.itemId() != null && !rung.links().containsKey(line.itemId()))) {
            return "unlinked-lines";
        }
        if (sale.lines().stream().anyMatch(line -> line.price() < 0)) {
            return "negative-line";
        }
        if (receipts(rung).findAny().isEmpty()) {
            return "total-differs";
        }
        long received = sale.payments().stream().filter(SalePayment::received).mapToLong(SalePayment::amount).sum();
        boolean cash = sale.payments().stream().anyMatch(SalePayment::cash);
        return rung.rules().paid() && Math.abs(received - sale.total()) > (cash ? 2 : 0) ? "payments-differ" : null;
    }

    private static int size(NaiveTill.Receipt receipt, RandomSales.Rung rung) {
        long looks = receipt.rows().stream().map(NaiveTill.Row::look).distinct().count();
        return (int) looks + receipt.charge().signum()
                + (rung.rules().tipsIncluded() && tips(rung.sale()) > 0 ? 1 : 0);
    }

    /** What each of the till's lines comes to, and which taxes are on which of them together. */
    private static Map<String, BigDecimal> book(NaiveTill.Receipt receipt, RandomSales.Rung rung) {
        var book = new HashMap<String, BigDecimal>();
        var byLook = receipt.rows().stream().collect(Collectors.groupingBy(NaiveTill.Row::look));
        for (List<NaiveTill.Row> rows : byLook.values()) {
            for (NaiveTill.Row row : rows) {
                book.put(row.line().id(), decimal(row.net(), rung.sale()));
                row.taxes().forEach((name, amount) -> book.merge(rows.get(0).line().id() + " " + name,
                        decimal(amount, rung.sale()), BigDecimal::add));
            }
        }
        put(book, "Service", decimal(receipt.charge(), rung.sale()));
        if (rung.rules().tipsIncluded()) {
            put(book, "Tip", decimal(new BigDecimal(tips(rung.sale())), rung.sale()));
        }
        return book;
    }

    private static Map<String, BigDecimal> book(OrderMapping.Mapped mapped) {
        var book = new HashMap<String, BigDecimal>();
        for (int index = 0; index < mapped.draft().lines().size(); index++) {
            OrderDraft.Line line = mapped.draft().lines().get(index);
            List<String> ids = mapped.origins().get(index).lineIds();
            assertThat(mapped.origins().get(index).key()).isEqualTo(line.key());
            if (ids.isEmpty()) {
                put(book, line.title(), line.net());
            }
            ids.forEach(id -> book.put(id, line.unitPrice()));
            line.taxes().forEach(tax -> book.put(ids.get(0) + " " + tax.title(), tax.amount()));
        }
        return book;
    }

    private static void put(Map<String, BigDecimal> book, String what, BigDecimal amount) {
        if (amount.signum() != 0) {
            book.put(what, amount);
        }
    }

    private static Map<String, Integer> quantities(OrderDraft draft) {
        return draft.lines().stream().filter(line -> line.variantId() != null)
                .collect(Collectors.toMap(OrderDraft.Line::variantId, OrderDraft.Line::quantity, Integer::sum));
    }

    private static Map<String, Integer> quantities(RandomSales.Rung rung, OrderMapping.Mapped mapped) {
        var lines = rung.sale().lines().stream().collect(Collectors.toMap(SaleLine::id, Function.identity()));
        return mapped.origins().stream().flatMap(origin -> origin.lineIds().stream()).map(lines::get)
                .filter(line -> line.itemId() != null && rung.links().containsKey(line.itemId()))
                .collect(Collectors.toMap(line -> rung.links().get(line.itemId()).variantId(), line -> 1, Integer::sum));
    }

    private static long tips(Sale sale) {
        return sale.payments().stream().filter(SalePayment::received).mapToLong(SalePayment::tip).sum();
    }

    /** JPY has no decimals, KWD three. */
    private static BigDecimal decimal(BigDecimal minor, Sale sale) {
        return minor.movePointLeft(decimals(sale)).setScale(decimals(sale));
    }

    private static long minor(BigDecimal amount, Sale sale) {
        return amount.movePointRight(decimals(sale)).longValueExact();
    }

    private static int decimals(Sale sale) {
        return switch (sale.currency()) {
            case "JPY" -> 0;
            case "KWD" -> 3;
            default -> 2;
        };
    }
}
