package dev.tillbridge.overview;

import java.time.LocalDate;
import java.util.List;

/**
 * A channel's figures as the API shows them.
 *
 * @param on what is turned on, of orders, shipments, stock, prices and products
 * @param orders how many sales wait for a person
 * @param recounts how many counts made at the till wait for a person
 * @param outOfStep how many linked items the till shows in another quantity than it should; null where stock is not kept in step
 */
record ChannelOverview(List<String> on, Today today, long orders, long recounts, Long outOfStep) {

    /**
     * The store's day so far.
     *
     * @param date by the store's clock
     * @param sales made at the till, but for those that a rule leaves out
     * @param imported how many of them have an order in the store
     * @param total of these orders; null where there is none
     */
    record Today(LocalDate date, long sales, long imported, Amount total) {}

    /** {@code amount}: a decimal, as text. */
    record Amount(String amount, String currency) {}
}
