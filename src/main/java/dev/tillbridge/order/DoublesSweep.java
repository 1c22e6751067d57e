package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.DoublesRepository.Due;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Finds orders that are in the store twice. Nothing of ours asks twice, but a process that was stopped between its last
 * check and the socket may ask late. It reads the orders of the time in which those of one round were asked for; the few that
 * were asked for long before they stood, or of which a comparison saw several, made at whatever time, are looked for one by one.
 */
@ApplicationScoped
public class DoublesSweep {

    private static final Duration BEFORE = Duration.ofMinutes(1);
    private static final Duration LONG_BEFORE = Duration.ofHours(1);
    private static final int MOST = 2_000;

    private final ChannelDirectory directory;
    private final DoublesRepository doubles;
    private final DoubleCancellation cancellation;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    DoublesSweep(ChannelDirectory directory, DoublesRepository doubles, DoubleCancellation cancellation,
            FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.doubles = doubles;
        this.cancellation = cancellation;
        this.transactions = transactions;
        this.config = config;
    }

    private record Round(int cancelled, boolean more) {}

    /**
     * One turn; answers how many doubles were cancelled.
     *
     * @param reach how far back orders are swept once more; null sweeps only those that never were
     */
    public Uni<Integer> pass(Pass pass, Duration reach) {
        UUID storeId = pass.fence().storeId();
        return rounds(pass, () -> doubles.neverSwept(storeId, config.sweepAfter(), MOST))
                .chain(cancelled -> reach == null
                        ? Uni.createFrom().item(cancelled)
                        : rounds(pass, () -> doubles.sweptBefore(storeId, config.sweepAfter(), reach, MOST))
                                .map(again -> cancelled + again));
    }

    private Uni<Integer> rounds(Pass pass, Supplier<Uni<List<Due>>> next) {
        return Multi.createBy().repeating().uni(() -> next.get().chain(due -> due.isEmpty()
                ? Uni.createFrom().item(new Round(0, false))
                : directory.shopConnection(pass.fence().storeId()).chain(shop -> round(pass, shop, due))))
                .whilst(Round::more).collect().in(() -> new int[1], (sum, round) -> sum[0] += round.cancelled())
                .map(sum -> sum[0]);
    }

    private Uni<Round> round(Pass pass, ShopConnection shop, List<Due> due) {
        Set<UUID> open = new HashSet<>();
        return found(shop, due).chain(found -> Multi.createFrom().iterable(due)
                .onItem().transformToUniAndConcatenate(one -> one(pass, shop, one, found)
                        .onFailure(failure -> Containment.contained(failure) && !NextTry.concernsAll(failure))
                        .recoverWithUni(failure -> cancellation.failed(pass, one.row(), failure).map(again -> {
                            if (again) {
                                open.add(one.row().id());
                            }
                            return 0;
                        })))
                .collect().in(() -> new int[1], (sum, cancelled) -> sum[0] += cancelled))
                .call(() -> transactions.write(pass.fence(), connection -> doubles.swept(connection,
                        due.stream().map(one -> one.row().id()).filter(id -> !open.contains(id)).toList())))
                // What is still open would come first again.
                .map(sum -> new Round(sum[0], due.size() == MOST && open.isEmpty()));
    }

    /** Orders by identity, of those that are not looked for by themselves. */
    private Uni<Map<String, List<FoundOrder>>> found(ShopConnection shop, List<Due> due) {
        List<Due> near = due.stream().filter(one -> !alone(one)).toList();
        Map<String, List<FoundOrder>> found = new HashMap<>();
        if (near.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        near.forEach(one -> found.put(one.row().identity(), new ArrayList<>()));
        Instant since = near.stream().map(Due::askedAt).min(Comparator.naturalOrder()).orElseThrow().minus(BEFORE);
        Instant until = near.stream().map(Due::importedAt).max(Comparator.naturalOrder()).orElseThrow()
                .plus(config.sweepAfter());
        return directory.storefront().ordersCreatedSince(shop, since)
                // The oldest come first: later ones belong to the rounds to come.
                .select().first(page -> page.isEmpty() || !page.get(0).createdAt().isAfter(until))
                .collect().in(() -> found, (all, page) -> page.stream().filter(order -> all.containsKey(order.identity()))
                        .forEach(order -> all.get(order.identity()).add(order)));
    }

    private Uni<Integer> one(Pass pass, ShopConnection shop, Due due, Map<String, List<FoundOrder>> found) {
        return alone(due)
                ? directory.storefront().findOrders(shop, due.row().identity())
                        .chain(orders -> cancellation.allButOne(pass, shop, due.row(), orders))
                : cancellation.allButOne(pass, shop, due.row(), found.get(due.row().identity()));
    }

    private static boolean alone(Due due) {
        return due.doubled() || due.askedAt().isBefore(due.importedAt().minus(LONG_BEFORE));
    }
}
