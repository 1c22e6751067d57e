package dev.tillbridge.stock;

import java.util.OptionalLong;

/**
 * What a till should show of a linked item, in whole units. The view {@code link_target} says the same in SQL, so that
 * rows that differ can be found without reading all; a test holds the two together.
 */
public final class TargetQuantity {

    private TargetQuantity() {}

    /**
     * @param tracked whether the store counts the variant
     * @param gone whether the store no longer has the variant
     * @param storeAvailable {@code available} summed over the channel's selling locations, may be negative; null where no
     *        level of the variant was read yet
     * @param safetyStock units held back, at least 0
     * @param unposted units sold on tills that the store's stock does not show yet, at least 0
     * @param defaultInventory what an untracked variant shows; null leaves it alone
     * @return empty where the till is to be left alone
     */
    public static OptionalLong of(boolean tracked, boolean gone, Long storeAvailable, long safetyStock, long unposted,
            Long defaultInventory) {
        if (gone) {
            return OptionalLong.of(0);
        }
        if (!tracked) {
            return defaultInventory == null ? OptionalLong.empty() : OptionalLong.of(defaultInventory);
        }
        return storeAvailable == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, storeAvailable - safetyStock - unposted));
    }
}
