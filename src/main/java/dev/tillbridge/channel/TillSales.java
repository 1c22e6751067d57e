package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.order.OrderType;
import dev.tillbridge.order.Sale;
import dev.tillbridge.order.SaleCustomer;
import dev.tillbridge.order.SaleNote;
import dev.tillbridge.order.SalePage;

/**
 * The part of a till's port that tells of its sales. Lists only say where to look; the sale itself is read by its id. All
 * but history goes before stock, prices and catalogue where requests are short.
 */
public interface TillSales {

    /**
     * Streams the orders changed since then, oldest change first. No order that is there all the time is skipped, however
     * often others move; one may come twice. It completes only if the read was whole; otherwise it fails.
     *
     * @param since the till's time, inclusive
     */
    Multi<SalePage> ordersChanged(TillConnection till, Instant since);

    /**
     * Streams the orders made in this time, at most 90 days long.
     *
     * @param from the till's time, inclusive
     * @param until exclusive; null reads to the end
     */
    Multi<SalePage> ordersCreated(TillConnection till, Instant from, Instant until);

    /** Streams the payments changed since then: a late tip may leave its order's own time alone, and orders may still be hidden. */
    Multi<SalePage> paymentsChanged(TillConnection till, Instant since);

    /** Streams the refunds, and the credits, made since then. */
    Multi<SalePage> refundsCreated(TillConnection till, Instant since);

    /**
     * Reads a sale whole, lists longer than the till expands included; null where the till has no such order.
     *
     * @param pace SPARE: behind everything else
     */
    Uni<Sale> sale(TillConnection till, String saleId, Pace pace);

    /** Who bought; null where the till does not know the customer, or the token may not read customers. */
    Uni<SaleCustomer> customer(TillConnection till, String customerId);

    /** The kinds of sale that a person can choose at the till, read now. */
    Uni<List<OrderType>> orderTypes(TillConnection till);

    /** Reads what stands in a sale's note now; null where the till has no such order, or it was deleted. */
    Uni<SaleNote> note(TillConnection till, String saleId);

    /** Replaces a sale's note, and nothing else of it, by a text of at most {@link SaleNote#LONGEST} characters. */
    Uni<Void> writeNote(TillConnection till, String saleId, String text);
}
