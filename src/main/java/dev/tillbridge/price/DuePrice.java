package dev.tillbridge.price;

import java.math.BigDecimal;
import java.time.Duration;

import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.platform.DoublingGap;

/**
 * A linked item whose price differs from what it should be.
 *
 * @param tillPrice what it costs now, in minor units; null where unknown
 * @param target what it should cost, in minor units
 * @param sentBefore how often in a row this target was sent already
 */
record DuePrice(String variantId, String itemId, BigDecimal storePrice, Long tillPrice, long target, int sentBefore) {

    ItemPrice wanted() {
        return new ItemPrice(itemId, target);
    }

    /** How long the item rests after this target was sent once more: twice as long each time. */
    Duration rest(PriceConfig config) {
        return DoublingGap.after(sentBefore, config.firstRetry(), config.longestRetry());
    }
}
