package dev.tillbridge.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * A till, as the stages see it. Every call waits for its turn at the vendor's rate limit instead of being refused, and
 * fails with a {@link ConnectorException}. Reads are retried within; a write is sent once.
 */
public interface PointOfSale extends TillSales, TillCatalogue, TillWebhooks {

    /** How many items {@link #readStock(TillConnection, List)} takes at once. */
    int CHUNK = 100;

    /** How many prices {@link #writePrices} takes at once. */
    int PRICES = 2_500;

    Integration integration();

    /** Whether this has the form of a merchant id; nothing is called. */
    boolean isMerchantId(String merchantId);

    /** Tries the credential against the merchant and each permission, changing nothing. */
    Uni<TillProbe> probe(TillConnection till);

    /** The same, told permission by permission as each is known, for whoever looks on. It fails as {@link #probe} does. */
    default Multi<TillFinding> findings(TillConnection till) {
        return probe(till).onItem().transformToMulti(probe -> Multi.createFrom().iterable(TillFinding.of(probe)));
    }

    /** The merchant and its stock properties: also the known-good read after a 401. */
    Uni<TillMerchant> merchant(TillConnection till);

    /**
     * Streams items page by page, a page asked for only when the one before was taken. It completes only if the read was
     * whole; otherwise it fails.
     *
     * @param modifiedSince the till's time, inclusive; null reads all
     * @param pace how much of the request budget it may take
     */
    Multi<ItemPage> items(TillConnection till, Instant modifiedSince, Pace pace);

    /** Reads up to {@link #CHUNK} items' quantities in one request; an item the till no longer has is left out. */
    Uni<List<StockReading>> readStock(TillConnection till, List<String> itemIds);

    /** Reads one item's quantity. */
    Uni<StockReading> readStock(TillConnection till, String itemId);

    /** Sets an item's quantity (absolute, no compare-and-set at Clover) and answers what the till confirmed. */
    Uni<StockReading> writeStock(TillConnection till, String itemId, BigDecimal quantity);

    /** Reads up to {@link #CHUNK} items in one request; an item the till no longer has is left out. */
    Uni<ItemPage> readItems(TillConnection till, List<String> itemIds);

    /**
     * Sets up to {@link #PRICES} items' prices in one request, and nothing else of them; of each item once. Answers what the
     * till says it holds now; an item it says nothing of is left out. A refusal concerns the whole request: perhaps
     * because of one row, and perhaps after others were taken.
     */
    Uni<List<ItemPrice>> writePrices(TillConnection till, List<ItemPrice> prices);

    /** Forgets what is held in memory for this credential: its governor and breaker. */
    void forget(TillConnection till);

    /** How much of the request budget a long read may take. */
    enum Pace {
        /** As fast as the till allows: a first read, or one a person waits for. */
        FULL,
        /** What nobody else asks for: history. */
        SPARE,
        /** At most a tenth of the budget: the routine scan of stock. */
        SCAN
    }
}
