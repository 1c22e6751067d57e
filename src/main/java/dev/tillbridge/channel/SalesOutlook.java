package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;

/** Counts the sales of the past that would become orders: at the till, because none is read before orders are kept in step. */
@ApplicationScoped
class SalesOutlook {

    private static final Logger LOG = Logger.getLogger(SalesOutlook.class);
    /** Enough to tell a few from very many without keeping a person waiting. */
    private static final int PAGES = 5;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ChannelDirectory directory;

    SalesOutlook(ChannelDirectory directory) {
        this.directory = directory;
    }

    /**
     * Null where orders are not turned on by these settings, or the till does not answer in time.
     *
     * @param after as they would be stored: checked, so that their start is none the till would cut off, and with its defaults
     */
    Uni<SettingsPreview.Sales> of(ConnectedChannel before, ChannelSettings after, Instant now) {
        if (before.settings().orderSync().enabled() || !after.orderSync().enabled()) {
            return Uni.createFrom().nullItem();
        }
        var from = after.orderSync().importFrom();
        // A start left to this moment was stored in whole seconds.
        if (!from.isBefore(now.truncatedTo(ChronoUnit.SECONDS))) {
            return Uni.createFrom().item(new SettingsPreview.Sales(0, false));
        }
        return directory.tillConnection(before.id())
                .onItem().transformToMulti(till -> directory.pointOfSale(before.integration()).ordersCreated(till, from, null))
                .map(page -> page.mentions().size()).select().first(PAGES).collect().asList()
                .map(SalesOutlook::sum)
                .ifNoItem().after(LONGEST).fail()
                .onFailure(failure -> failure instanceof ConnectorException || failure instanceof TimeoutException)
                .recoverWithItem(failure -> {
                    LOG.warnf("The sales of channel %s since %s could not be counted: %s", before.id(), from,
                            failure.toString());
                    return null;
                });
    }

    private static SettingsPreview.Sales sum(List<Integer> pages) {
        return new SettingsPreview.Sales(pages.stream().mapToLong(Integer::longValue).sum(), pages.size() == PAGES);
    }
}
