package dev.tillbridge.order;

import java.time.Instant;
import java.util.List;

/**
 * One page of a till's list of orders, payments or refunds.
 *
 * @param asOf the database's time before this page was asked for
 * @param vendorTime the till's own time ({@code Date} header) when it answered
 */
public record SalePage(List<SaleMention> mentions, Instant asOf, Instant vendorTime) {

    public SalePage {
        mentions = List.copyOf(mentions);
    }
}
