package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * An item whose till quantity may have to change, or has to be understood.
 *
 * @param target null where the till is to be left alone, and only a recount is to be settled
 * @param seen when it was last read or written, and when it was last sent a quantity; by the database's clock
 * @param recount the open recount of the item; null where there is none
 */
record DueItem(String variantId, String itemId, String inventoryItemId, BigDecimal target, Basis basis, KnownStock known,
        Seen seen, int failures, Recount recount) {

    /** What the target was made of, for the journal. */
    record Basis(boolean gone, boolean tracked, long storeAvailable, long safetyStock, BigDecimal unposted) {

        String inWords() {
            if (gone) {
                return "The variant no longer exists in the store";
            }
            if (!tracked) {
                return "The store does not count this variant: default inventory";
            }
            String words = "The store has " + storeAvailable + " available, " + safetyStock + " held back as safety stock";
            return switch (unposted.signum()) {
                case 0 -> words;
                case 1 -> words + ", " + StockRepository.plain(unposted) + " sold on tills and not posted yet";
                default -> words + ", " + StockRepository.plain(unposted.negate())
                        + " given back on tills and not posted yet";
            };
        }
    }

    /** @param sentAt null where it never was sent a quantity */
    record Seen(Instant at, Instant sentAt) {}

    /** {@code resolution} is null while the recount waits for a person. */
    record Recount(UUID id, String status, String resolution) {

        boolean settling(String how) {
            return "SETTLING".equals(status) && how.equals(resolution);
        }
    }

    DueItem with(BigDecimal newTarget, Basis newBasis) {
        return new DueItem(variantId, itemId, inventoryItemId, newTarget, newBasis, known, seen, failures, recount);
    }

    /** Sales that were begun after this are in no quantity explained so far, and no write has undone them. */
    Instant untouchedSince() {
        return seen.sentAt() != null && seen.sentAt().isAfter(known.settledAsOf()) ? seen.sentAt() : known.settledAsOf();
    }

    boolean few(BigDecimal reading, BigDecimal write, int fewUnits) {
        BigDecimal few = BigDecimal.valueOf(fewUnits);
        return write.compareTo(few) <= 0 || (reading != null && reading.compareTo(few) <= 0);
    }
}
