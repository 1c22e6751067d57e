package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * An item whose till quantity may have to change, or has to be understood.
 *
 * @param recount the open recount of the item; null where there is none
 * @param target null where the till is to be left alone, and only a recount is to be settled
 */
record DueItem(String variantId, String itemId, String inventoryItemId, Long target, Basis basis, KnownStock known,
        int failures, Recount recount) {

    /** What the target was made of, for the journal. */
    record Basis(boolean gone, boolean tracked, long storeAvailable, long safetyStock, long unposted) {

        String inWords() {
            if (gone) {
                return "The variant no longer exists in the store";
            }
            if (!tracked) {
                return "The store does not count this variant: default inventory";
            }
            String words = "The store has " + storeAvailable + " available, " + safetyStock + " held back as safety stock";
            return unposted == 0 ? words : words + ", " + unposted + " sold on tills and not posted yet";
        }
    }

    /** {@code resolution} is null while the recount waits for a person. */
    record Recount(UUID id, String status, String resolution) {

        boolean settling(String how) {
            return "SETTLING".equals(status) && how.equals(resolution);
        }
    }

    boolean few(BigDecimal reading, BigDecimal write, int fewUnits) {
        BigDecimal few = BigDecimal.valueOf(fewUnits);
        return write.compareTo(few) <= 0 || (reading != null && reading.compareTo(few) <= 0);
    }
}
