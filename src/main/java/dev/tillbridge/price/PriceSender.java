package dev.tillbridge.price;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.TillConnection;

/**
 * Sends one batch of prices and finds out what came of each. A refused batch is split until the row that is refused stands
 * alone; of rows whose outcome the answer does not tell, the items are looked at.
 */
final class PriceSender {

    /** So many rows refused alone, and none taken: it is not the rows that are refused. */
    private static final int ALL_REFUSED = 8;

    private final PointOfSale pos;
    private final TillConnection till;
    private final BooleanSupplier over;
    private final Function<ItemPage, Uni<?>> seen;
    private final List<PriceOutcome> outcomes = new ArrayList<>();
    private int confirmed;
    private int refused;
    private boolean doubtful;
    private ConnectorException stop;

    /**
     * @param over whether no further call may begin
     * @param seen stores items that were looked at
     */
    PriceSender(PointOfSale pos, TillConnection till, BooleanSupplier over, Function<ItemPage, Uni<?>> seen) {
        this.pos = pos;
        this.till = till;
        this.over = over;
        this.seen = seen;
    }

    /** Never fails but for what is no connector's: see {@link #stop}. Rows without an outcome were not sent, or in vain as a whole. */
    Uni<Void> send(List<DuePrice> prices) {
        if (stop != null || over.getAsBoolean()) {
            return Uni.createFrom().voidItem();
        }
        return pos.writePrices(till, prices.stream().map(DuePrice::wanted).toList())
                .onItem().transform(held -> new Answer(held, null))
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> new Answer(List.of(), failure))
                .chain(answer -> answer.failure() == null
                        ? compare(prices, answer.held())
                        : failed(prices, answer.failure()));
    }

    /** What came of each row that was sent. */
    List<PriceOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** The failure that concerns the till as a whole; null where there is none. */
    ConnectorException stop() {
        return stop;
    }

    /** Whether an answer was lost: perhaps the batch was too large to be answered in time. */
    boolean doubtful() {
        return doubtful;
    }

    private Uni<Void> compare(List<DuePrice> prices, List<ItemPrice> held) {
        Map<String, Long> byItem = new HashMap<>();
        held.forEach(price -> byItem.put(price.itemId(), price.price()));
        return look(judge(prices, byItem), null);
    }

    private Uni<Void> failed(List<DuePrice> prices, ConnectorException failure) {
        if (failure.outcomeUnknown()) {
            doubtful = !failure.code().equals("invalid-answer");
            return look(prices, failure);
        }
        if (!(failure instanceof ConnectorException.Rejected rejected) || !perhapsARow(rejected)) {
            stop = failure;
            return Uni.createFrom().voidItem();
        }
        if (prices.size() > 1) {
            int half = prices.size() / 2;
            return send(prices.subList(0, half)).chain(() -> send(prices.subList(half, prices.size())));
        }
        outcomes.add(new PriceOutcome(prices.get(0), PriceOutcome.Kind.REFUSED, failure));
        refused++;
        if (refused >= ALL_REFUSED && confirmed == 0) {
            stop = failure;
        }
        return Uni.createFrom().voidItem();
    }

    /** A redirect or a method not allowed is no row's fault. */
    private static boolean perhapsARow(ConnectorException.Rejected refusal) {
        return switch (refusal.status()) {
            case 400, 404, 409, 410, 413, 422 -> true;
            default -> false;
        };
    }

    /** Reads the items and compares; what cannot be read stays unknown. */
    private Uni<Void> look(List<DuePrice> prices, ConnectorException cause) {
        return Multi.createFrom().iterable(prices).group().intoLists().of(PointOfSale.CHUNK)
                .onItem().transformToUniAndConcatenate(chunk -> read(chunk)
                        .invoke(byItem -> judge(chunk, byItem)
                                .forEach(price -> outcomes.add(new PriceOutcome(price, PriceOutcome.Kind.UNKNOWN, cause)))))
                .collect().last().replaceWithVoid();
    }

    private Uni<Map<String, Long>> read(List<DuePrice> prices) {
        if (stop != null) {
            return Uni.createFrom().item(Map.of());
        }
        return pos.readItems(till, prices.stream().map(DuePrice::itemId).toList())
                .call(page -> seen.apply(page))
                .map(PriceSender::prices)
                .onFailure(ConnectorException.class).recoverWithItem(failure -> {
                    stop = failure;
                    return Map.of();
                });
    }

    private static Map<String, Long> prices(ItemPage page) {
        Map<String, Long> byItem = new HashMap<>();
        for (Item item : page.items()) {
            byItem.put(item.id(), item.price());
        }
        return byItem;
    }

    /** Takes down those that the till holds as they were sent; answers the others. */
    private List<DuePrice> judge(List<DuePrice> prices, Map<String, Long> held) {
        List<DuePrice> others = new ArrayList<>();
        for (DuePrice price : prices) {
            Long told = held.get(price.itemId());
            if (told != null && told == price.target()) {
                outcomes.add(new PriceOutcome(price, PriceOutcome.Kind.CONFIRMED, null));
                confirmed++;
            } else {
                others.add(price);
            }
        }
        return others;
    }

    private record Answer(List<ItemPrice> held, ConnectorException failure) {}
}
