package dev.tillbridge.price;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** Stores what came of a batch in one transaction: what the till holds, what is known of it, the journal. */
@ApplicationScoped
class PriceOutcomes {

    private final CatalogRepository catalog;
    private final PriceRepository prices;
    private final Journal journal;
    private final FencedTransactions transactions;
    private final PriceConfig config;

    PriceOutcomes(CatalogRepository catalog, PriceRepository prices, Journal journal, FencedTransactions transactions,
            PriceConfig config) {
        this.catalog = catalog;
        this.prices = prices;
        this.journal = journal;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> store(Pass pass, ConnectedChannel channel, PriceTerms terms, List<PriceOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<PriceOutcome> confirmed = of(outcomes, PriceOutcome.Kind.CONFIRMED);
        List<PriceOutcome> refused = of(outcomes, PriceOutcome.Kind.REFUSED);
        return pass.runId()
                .chain(run -> transactions.write(pass.fence(), connection -> catalog
                        .storePrices(connection, channel.id(), confirmed.stream().map(each -> each.price().wanted()).toList())
                        .chain(() -> prices.save(connection, channel.id(), outcomes, config))
                        .chain(() -> journal.write(connection, entries(channel, terms, outcomes, run)))))
                .chain(() -> Multi.createFrom().iterable(refused).onItem()
                        .transformToUniAndConcatenate(each -> pass.failed("price:" + each.price().itemId(),
                                each.failure().code(), each.failure().getMessage()))
                        .collect().last())
                .chain(() -> {
                    pass.count("prices-written", confirmed.size());
                    pass.count("prices-refused", refused.size());
                    pass.count("prices-unconfirmed", outcomes.size() - confirmed.size() - refused.size());
                    return pass.flush();
                });
    }

    private static List<PriceOutcome> of(List<PriceOutcome> outcomes, PriceOutcome.Kind kind) {
        return outcomes.stream().filter(outcome -> outcome.is(kind)).toList();
    }

    /** What was refused changed nothing; it stands among the run's failures. */
    private static List<JournalEntry> entries(ConnectedChannel channel, PriceTerms terms, List<PriceOutcome> outcomes,
            UUID run) {
        String rule = channel.settings().priceSync().priceRule().words();
        return outcomes.stream().filter(outcome -> !outcome.is(PriceOutcome.Kind.REFUSED)).map(outcome -> {
            DuePrice price = outcome.price();
            boolean confirmed = outcome.is(PriceOutcome.Kind.CONFIRMED);
            String cause = "The store's price is " + plain(price.storePrice(), terms.decimals())
                    + (rule.isEmpty() ? "" : "; the rule: " + rule)
                    + (confirmed ? "" : ". The till has not confirmed it yet");
            return new JournalEntry(channel.storeId(), channel.id(), "price:" + price.itemId(),
                    confirmed ? "price-written" : "price-sent",
                    price.tillPrice() == null ? null : money(price.tillPrice(), terms),
                    money(price.target(), terms), cause, run, JournalEntry.ENGINE);
        }).toList();
    }

    private static String money(long minorUnits, PriceTerms terms) {
        return BigDecimal.valueOf(minorUnits, terms.decimals()).toPlainString();
    }

    /** As many decimals as the currency has, or as the price needs. */
    static String plain(BigDecimal price, int decimals) {
        BigDecimal stripped = price.stripTrailingZeros();
        return stripped.setScale(Math.max(decimals, stripped.scale())).toPlainString();
    }
}
