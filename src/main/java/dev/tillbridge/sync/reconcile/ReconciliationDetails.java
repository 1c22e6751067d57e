package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A reconciliation whole: what was found in figures, the money of each day, and the first rows of each kind of difference.
 *
 * @param rows by channel, class and kind
 */
record ReconciliationDetails(@JsonUnwrapped ReconciliationView reconciliation, List<Count> counts, List<Day> days,
        List<Row> rows) {

    /** @param amount a decimal as text */
    @RegisterForReflection
    record Money(String amount, String currency) {

        /** Null where there is none. */
        static Money of(BigDecimal amount, String currency) {
            return amount == null || currency == null
                    ? null
                    : new Money(amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString(), currency);
        }
    }

    /**
     * Differences of one kind and reason.
     *
     * @param channelId null where they are the store's
     * @param type MISSED_CHANGE, FOREIGN_WRITE or OUR_FAILURE
     * @param repair STORED (read anew, and what follows is being done), UNDER_WAY (goes on by itself) or PERSON
     * @param units sizes without their signs, added up; null where they are not about units
     * @param money likewise
     * @param oldestSince since when the oldest is there; null where nobody knows
     */
    @RegisterForReflection
    record Count(UUID channelId, String type, String kind, String reason, String repair, long differences, BigDecimal units,
            Money money, Instant oldestSince) {}

    /**
     * The sales of a business day of the merchant's, and their orders.
     *
     * @param difference what the store's orders come to beyond the till's sales, with what was given back taken off on both sides
     * @param inFlight what of it is being brought over
     * @param told what of it the differences of single sales tell of
     */
    @RegisterForReflection
    record Day(UUID channelId, LocalDate day, int sales, Money till, Money tillRefunded, Money store, Money storeRefunded,
            Money difference, Money inFlight, Money told) {}

    /**
     * One difference.
     *
     * @param subject as in the journal
     * @param detail what it is, and what a person has to do where one has to
     * @param stored what was expected, {@code found} what is there; null where there is nothing
     * @param units found less expected
     */
    @RegisterForReflection
    record Row(UUID channelId, String type, String kind, String subject, String reason, String detail, String repair,
            String stored, String found, BigDecimal units, Money money, Instant since) {}
}
