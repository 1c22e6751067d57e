package dev.tillbridge.sync;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.webhook.WaitingDemands;

/** Tells people of what a shop's platform demands of them, for as long as it waits. */
@ApplicationScoped
class DemandWatch {

    private static final String SUBJECT = "demands";

    private final WaitingDemands demands;
    private final ChannelDirectory directory;
    private final Notices notices;
    private final Pool pool;
    private final FencedTransactions transactions;

    DemandWatch(WaitingDemands demands, ChannelDirectory directory, Notices notices, Pool pool,
            FencedTransactions transactions) {
        this.demands = demands;
        this.directory = directory;
        this.notices = notices;
        this.pool = pool;
        this.transactions = transactions;
    }

    Uni<Void> look(Pass pass) {
        var storeId = pass.fence().storeId();
        return demands.any(storeId).chain(waiting -> directory.channels(storeId).chain(channels -> Multi.createFrom()
                .iterable(channels)
                .onItem().transformToUniAndConcatenate(channel -> notices.open(pool, channel.id(), NoticeKind.SHOP_DEMAND)
                        .chain(told -> told.equals(waiting) ? Uni.createFrom().voidItem() : tell(pass, channel, waiting)))
                .collect().last().replaceWithVoid()));
    }

    private Uni<Void> tell(Pass pass, ConnectedChannel channel, boolean waiting) {
        return transactions.write(pass.fence(), connection -> waiting
                ? notices.raise(connection, new Notice(channel.storeId(), channel.id(), NoticeKind.SHOP_DEMAND, SUBJECT,
                        "Your shop's platform demands something of you",
                        "A customer asked what is kept of them, or the shop asked to be erased. The list says which, and what to do.",
                        "/api/v1/webhooks/demands"))
                : notices.resolve(connection, channel.id(), NoticeKind.SHOP_DEMAND, SUBJECT));
    }
}
