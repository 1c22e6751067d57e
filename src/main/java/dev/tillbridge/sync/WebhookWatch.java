package dev.tillbridge.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.StoreSubscriptions;
import dev.tillbridge.channel.WebhookConfig;
import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;
import dev.tillbridge.webhook.Silence;
import dev.tillbridge.webhook.SilenceRepository;
import dev.tillbridge.webhook.WebhookMetrics;

/** Sees to it that a store's webhooks come: that they are subscribed to, and that somebody is told when they stop. */
@ApplicationScoped
class WebhookWatch {

    private static final Logger LOG = Logger.getLogger(WebhookWatch.class);
    private static final String SUBJECT = "webhooks";
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

    private final ChannelDirectory directory;
    private final StoreSubscriptions subscriptions;
    private final SilenceRepository silence;
    private final DemandWatch demands;
    private final Notices notices;
    private final FencedTransactions transactions;
    private final WebhookConfig config;
    private final WebhookMetrics metrics;
    /** The last look at the subscriptions of each store this replica holds. */
    private final Map<UUID, Check> checks = new ConcurrentHashMap<>();

    WebhookWatch(ChannelDirectory directory, StoreSubscriptions subscriptions, SilenceRepository silence,
            DemandWatch demands, Notices notices, FencedTransactions transactions, WebhookConfig config,
            WebhookMetrics metrics) {
        this.directory = directory;
        this.subscriptions = subscriptions;
        this.silence = silence;
        this.demands = demands;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * A look at a store's subscriptions.
     *
     * @param at by {@link System#nanoTime()}
     * @param vain how many in a row, this one included, did not find or make them all stand
     */
    private record Check(long at, int vain, Duration rest) {

        Duration dueIn() {
            Duration left = rest.minusNanos(System.nanoTime() - at);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** How often {@link #watch} is wanted. */
    Duration every() {
        return config.silenceCheck();
    }

    /** Polling found that the store changed. */
    Uni<Void> changeFound(UUID storeId) {
        return config.publicUrl().isEmpty() ? Uni.createFrom().voidItem() : silence.changeFound(storeId);
    }

    /** The store is no longer worked on here. */
    void left(UUID storeId) {
        checks.remove(storeId);
        metrics.silent(storeId, false);
    }

    /** Answers when it is wanted again, where subscriptions are to be tried before its time; else null. */
    Uni<Duration> watch(Pass pass) {
        var storeId = pass.fence().storeId();
        return (checkDue(storeId) ? check(storeId) : Uni.createFrom().voidItem())
                .chain(() -> silence.state(storeId))
                .chain(state -> state == null ? Uni.createFrom().voidItem() : judge(pass, state))
                .chain(() -> demands.look(pass))
                .map(done -> soon(checks.get(storeId)));
    }

    private static Duration soon(Check last) {
        return last == null || last.vain() == 0 ? null : last.dueIn();
    }

    private boolean checkDue(UUID storeId) {
        Check last = checks.get(storeId);
        return config.publicUrl().isPresent() && (last == null || last.dueIn().isZero());
    }

    /** Without its subscriptions a store has no webhooks at all, so what stands in their way is not left for as long as all is well. */
    private Uni<Void> check(UUID storeId) {
        return directory.shopConnection(storeId)
                .chain(shop -> subscriptions.keep(directory.storefront(), shop, storeId))
                .invoke(stand -> checks.compute(storeId, (id, last) -> {
                    int vain = stand ? 0 : last == null ? 1 : last.vain() + 1;
                    return new Check(System.nanoTime(), vain,
                            stand ? config.check() : DoublingGap.after(vain - 1, FIRST_RETRY, config.check()));
                })).replaceWithVoid();
    }

    private Uni<Void> judge(Pass pass, SilenceRepository.State state) {
        var storeId = pass.fence().storeId();
        boolean fallen = config.publicUrl().isPresent() && Silence.fallen(state.facts(), config.silence());
        metrics.silent(storeId, fallen);
        if (fallen == (state.silentSince() != null)) {
            return Uni.createFrom().voidItem();
        }
        LOG.warnf(fallen
                ? "Store %s has fallen silent: polling finds changes that no webhook told of"
                : "Webhooks of store %s come again", storeId);
        return directory.channels(storeId).chain(channels -> transactions.write(pass.fence(),
                connection -> silence.silent(connection, storeId, fallen)
                        .chain(() -> fallen ? raise(connection, channels, state) : resolve(connection, channels))));
    }

    private Uni<Void> raise(SqlConnection connection, List<ConnectedChannel> channels, SilenceRepository.State state) {
        Instant last = state.facts().lastAt() == null ? state.facts().activeSince() : state.facts().lastAt();
        return notices.raise(connection, channels.stream().map(channel -> new Notice(channel.storeId(), channel.id(),
                NoticeKind.WEBHOOKS_SILENT, SUBJECT, "Your shop's messages do not arrive",
                "None has come since " + last + ", although the shop changed. Changes are found by looking, which takes longer."
                        + " Whoever runs Tillbridge should see whether Shopify reaches it.",
                "/api/v1/stores/" + channel.storeId())).toList());
    }

    private Uni<Void> resolve(SqlConnection connection, List<ConnectedChannel> channels) {
        return Multi.createFrom().iterable(channels)
                .onItem().transformToUniAndConcatenate(channel -> notices.resolve(connection, channel.id(),
                        NoticeKind.WEBHOOKS_SILENT, SUBJECT))
                .collect().last().replaceWithVoid();
    }
}
