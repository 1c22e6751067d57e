package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a till should show of a linked item. Whole units, but for fractions of measured goods that were sold and that the
 * store, which counts whole units, cannot show. The view {@code link_target} says the same in SQL, so that rows that differ can
 * be found without reading all; a test holds the two together.
 */
public final class TargetQuantity {

    private TargetQuantity() {}

    /**
     * @param tracked whether the store counts the variant
     * @param gone whether the store no longer has the variant
     * @param storeAvailable {@code available} summed over the channel's selling locations, may be negative; null where no
     *        level of the variant was read yet
     * @param safetyStock units held back, at least 0
     * @param unposted units sold on tills that the store's stock does not show yet; negative where units given back are not
     *        shown yet
     * @param defaultInventory what an untracked variant shows; null leaves it alone
     * @return empty where the till is to be left alone
     */
    public static Optional<BigDecimal> of(boolean tracked, boolean gone, Long storeAvailable, long safetyStock,
            BigDecimal unposted, Long defaultInventory) {
        if (gone) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (!tracked) {
            return Optional.ofNullable(defaultInventory).map(BigDecimal::valueOf);
        }
        return Optional.ofNullable(storeAvailable)
                .map(available -> BigDecimal.valueOf(available - safetyStock).subtract(unposted).max(BigDecimal.ZERO));
    }
}
