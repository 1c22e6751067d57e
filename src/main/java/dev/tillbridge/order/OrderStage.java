package dev.tillbridge.order;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Makes orders of a channel's sales, finds out what became of those whose outcome is unknown, and follows what happens to a
 * sale afterwards. Each sale goes its own way: one that cannot be done waits, is held or fails by itself.
 */
@ApplicationScoped
public class OrderStage {

    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);
    private static final int BATCH = 60;

    private final ChannelDirectory directory;
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final OrderCreation creation;
    private final OrderLookUp lookUp;
    private final OrderFollowUp followUp;
    private final SaleFailure failures;
    private final SaleStory story;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderStage(ChannelDirectory directory, SaleRepository sales, OrderRepository orders, OrderCreation creation,
            OrderLookUp lookUp, OrderFollowUp followUp, SaleFailure failures, SaleStory story, SaleNotices notices,
            FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.sales = sales;
        this.orders = orders;
        this.creation = creation;
        this.lookUp = lookUp;
        this.followUp = followUp;
        this.failures = failures;
        this.story = story;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * What a turn did.
     *
     * @param worked how many sales were worked on
     * @param more whether others are due already
     * @param nextIn when the next one is due; null where none waits for its time
     */
    public record Outcome(int worked, boolean more, Duration nextIn) {}

    /** All that a step needs to know of where it works. */
    record Place(Pass pass, ConnectedStore store, ConnectedChannel channel, ShopConnection shop) {

        /** Asked just before each call that changes the store; fails where another copy may take over while it is under way. */
        Uni<Void> mayWrite(OrderConfig config) {
            return SaleTrouble.mayWrite(pass, config);
        }
    }

    /** With order sync off nothing new is begun; only what was asked for already is found out. */
    public Uni<Outcome> pass(Pass pass, ConnectedChannel channel) {
        long until = System.nanoTime() + LONGEST_TURN.toNanos();
        var worked = new int[1];
        return (channel.settings().orderSync().enabled()
                ? release(pass, channel)
                : Uni.createFrom().voidItem())
                .chain(() -> Uni.combine().all().unis(directory.store(channel.storeId()),
                        directory.shopConnection(channel.storeId())).asTuple())
                .map(known -> new Place(pass, known.getItem1(), channel, known.getItem2()))
                .chain(place -> Multi.createBy().repeating().uni(() -> batch(place))
                        .whilst(done -> {
                            worked[0] += done;
                            return done == BATCH && System.nanoTime() < until;
                        }).collect().last())
                .chain(last -> sales.nextDue(channel.id(), !channel.settings().orderSync().enabled())
                        .map(next -> new Outcome(worked[0], last == BATCH, next)))
                .call(() -> pass.flush());
    }

    private Uni<Void> release(Pass pass, ConnectedChannel channel) {
        return sales.releasable(channel.id()).chain(held -> Multi.createFrom().iterable(held)
                .onItem().transformToUniAndConcatenate(id -> transactions
                        .write(pass.fence(), connection -> release(connection, id))
                        // Where its story cannot be told, what is wrong with it shows at its next step.
                        .onFailure(Containment::contained)
                        .recoverWithUni(failure -> transactions
                                .write(pass.fence(), connection -> sales.release(connection, id).replaceWithVoid())
                                .chain(() -> pass.failed("sale:" + id, Containment.code(failure),
                                        Containment.message(failure)))))
                .collect().last().replaceWithVoid());
    }

    private Uni<Void> release(SqlConnection connection, UUID id) {
        return sales.release(connection, id).chain(released -> released
                ? sales.get(connection, id)
                        .call(row -> story.step(connection, row, null, "sale-released", "HELD", "READY",
                                "All its items are linked now"))
                        .call(row -> notices.settled(connection, row)).replaceWithVoid()
                : Uni.createFrom().voidItem());
    }

    private Uni<Integer> batch(Place place) {
        if (tooLate(place.pass().fence())) {
            return Uni.createFrom().item(0);
        }
        return sales.due(place.channel().id(), !place.channel().settings().orderSync().enabled(), BATCH)
                .chain(due -> Multi.createFrom().iterable(due)
                        .onItem().transformToUni(id -> one(place, id)).merge(config.concurrency()).collect().asList()
                        .map(failures -> {
                            failures.stream().flatMap(Optional::stream).findFirst().ifPresent(failure -> {
                                throw failure;
                            });
                            return due.size();
                        }));
    }

    private boolean tooLate(Fence fence) {
        return fence.endsWithin(config.leaseReserve());
    }

    /** The failure, where it concerns the store or till as a whole: the stream then rests. */
    private Uni<Optional<RuntimeException>> one(Place place, UUID id) {
        return sales.get(id).chain(row -> row == null || tooLate(place.pass().fence())
                ? Uni.createFrom().item(Optional.<RuntimeException>empty())
                : Uni.createFrom().deferred(() -> step(place, row)).replaceWith(Optional.<RuntimeException>empty())
                        .onFailure(Containment::contained).recoverWithUni(failure -> failures.keep(place, row, failure)))
                .onFailure(Containment::contained).recoverWithUni(failure -> failures.putOff(place, id, failure));
    }

    private Uni<Void> step(Place place, SaleRow row) {
        return switch (row.status()) {
            case READY, FAILED -> creation.create(place, row);
            case CREATING -> lookUp.look(place, row);
            case IMPORTED -> followUp.follow(place, row);
            case HELD -> transactions.write(place.pass().fence(), connection -> orders.done(connection, row)
                    .chain(() -> story.step(connection, row, null, "sale-held", null, "HELD", row.reason()))
                    .chain(() -> notices.held(connection, row, row.reason())));
            case SEEN, WAITING, SKIPPED -> transactions.write(place.pass().fence(),
                    connection -> orders.done(connection, row));
        };
    }

    static List<String> itemIds(Sale sale) {
        return sale.lines().stream().map(SaleLine::itemId).filter(Objects::nonNull).distinct().toList();
    }
}
