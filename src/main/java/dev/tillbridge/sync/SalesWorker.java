package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.stock.FreshSales;

/** The streams of one till's sales: finding and reading them, and making orders of them. Posting them is the store's. */
final class SalesWorker {

    private final EngineParts parts;
    private final Fence lease;
    private final Supplier<Uni<ConnectedChannel>> channel;
    private final Runnable found;
    private final Runnable kept;
    private final Stream sales;
    private final Stream history;
    private final Stream orders;
    /** What was put off must not wait for a quiet stream's next look as well. */
    private final WakeTimer ordersDue;
    private volatile long readAt = Long.MIN_VALUE;
    private volatile boolean allRead;
    /** Sales were told of one by one: they are read without looking through the lists first. */
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean moreOrders;

    /**
     * @param channel the channel as it is now
     * @param found called when sales were read that may have changed what tills may sell
     * @param kept called after each sale that was read: its units can be taken off the store's stock
     */
    SalesWorker(EngineParts parts, Fence lease, Fence fence, UUID channelId, Stream.Owner owner,
            Supplier<Uni<ConnectedChannel>> channel, Runnable found, Runnable kept) {
        this.parts = parts;
        this.lease = lease;
        this.channel = channel;
        this.found = found;
        this.kept = kept;
        var alone = new NeverBusy(owner);
        this.sales = new Stream(parts, lease, fence, channelId, SalesReader.SALES, parts.config().orderPoll(), alone,
                this::sales).fromStartToStart();
        this.history = new Stream(parts, lease, fence, channelId, "sales-history", parts.config().orderPoll(), alone,
                this::history);
        this.orders = new Stream(parts, lease, fence, channelId, "orders", parts.config().orderPoll(), alone, this::orders);
        this.ordersDue = new WakeTimer(parts.vertx(), orders::wake);
    }

    void start() {
        sales.start();
        history.start();
        orders.start();
    }

    void stop() {
        sales.stop();
        history.stop();
        orders.stop();
        ordersDue.stop();
    }

    boolean idle() {
        return sales.idle() && history.idle() && orders.idle();
    }

    /** A person changed settings, a link, or decided on a sale. */
    void changed() {
        sales.wake();
        history.wake();
        orders.wake();
    }

    /** Sales that were told of wait to be read. */
    void told() {
        told.set(true);
        sales.wake();
    }

    /** Finds and reads; then, turn after turn, all that can be imported is. */
    Uni<Void> run(RunRecord run, Supplier<Uni<Void>> post) {
        return sales.once(run).chain(post::get).chain(() -> history.once(run))
                .chain(() -> orders.repeatedly(run, () -> moreOrders));
    }

    /** All sales since the start, compared, and what differs read; answers how many the till told of. */
    Uni<Long> compare(RunRecord run) {
        return channel.get().chain(now -> parts.sales().compare(run, now)).call(() -> sales.once(run))
                .invoke(() -> {
                    history.wake();
                    orders.wake();
                });
    }

    /** For the stock that is written to this till. */
    FreshSales fresh(RunRecord pass) {
        return age -> channel.get().chain(now -> !now.settings().orderSync().enabled() || isFresh(age)
                ? Uni.createFrom().voidItem()
                : sales.once(pass).onFailure(IllegalStateException.class)
                        .transform(stopped -> new Fence.Lost(lease.storeId(), lease.number()))
                        .invoke(() -> {
                            if (!allRead) {
                                throw new ConnectorException.Transient("sales-not-read",
                                        "Not all sales could be read, so no stock is written for now", false, null);
                            }
                        }));
    }

    private boolean isFresh(Duration age) {
        return allRead && listsReadWithin(age);
    }

    private boolean listsReadWithin(Duration age) {
        return readAt != Long.MIN_VALUE && System.nanoTime() - readAt <= age.toNanos();
    }

    private Uni<Boolean> sales(RunRecord pass, boolean requested) {
        return channel.get().chain(now -> {
            if (!now.settings().orderSync().enabled()) {
                return Uni.createFrom().item(false);
            }
            if (requested) {
                pass.phase("reading-sales");
            }
            long began = System.nanoTime();
            if (told.getAndSet(false) && !requested && listsReadWithin(parts.config().orderPoll())) {
                return parts.sales().told(pass, now, kept)
                        .call(() -> parts.sales().allRead(now).invoke(all -> allRead = all)).map(this::read);
            }
            return parts.sales().read(pass, now, requested && pass.full() && !pass.compares(), kept)
                    .call(() -> parts.sales().allRead(now).invoke(all -> {
                        allRead = all;
                        readAt = began;
                    }))
                    .map(read -> {
                        history.wake();
                        return read(read);
                    });
        });
    }

    private Uni<Boolean> history(RunRecord pass, boolean requested) {
        return channel.get().chain(now -> !now.settings().orderSync().enabled()
                ? Uni.createFrom().item(false)
                : parts.sales().history(pass, now).map(outcome -> {
                    if (outcome.more() && !requested) {
                        history.wake();
                    }
                    return read(outcome.read());
                }));
    }

    private boolean read(int sales) {
        parts.metrics().rows("sales", sales);
        if (sales > 0) {
            found.run();
            orders.wake();
        }
        return sales > 0;
    }

    private Uni<Boolean> orders(RunRecord pass, boolean requested) {
        moreOrders = false;
        ordersDue.after(null);
        return channel.get().chain(now -> {
            if (requested) {
                pass.phase("importing");
            }
            return parts.orders().pass(pass, now).map(outcome -> {
                parts.metrics().rows("orders", outcome.worked());
                moreOrders = outcome.more();
                ordersDue.after(outcome.nextIn());
                if (outcome.more() && !requested) {
                    orders.wake();
                }
                return outcome.worked() > 0;
            });
        });
    }

    /** Sales wait for nobody: while a run reads the catalogue, too, what is sold must not be sold twice. */
    private record NeverBusy(Stream.Owner owner) implements Stream.Owner {

        @Override
        public boolean busy() {
            return false;
        }

        @Override
        public void lost() {
            owner.lost();
        }

        @Override
        public Uni<Boolean> unauthorized(ConnectorException.Unauthorized failure) {
            return owner.unauthorized(failure);
        }
    }
}
