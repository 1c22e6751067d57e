package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.List;

/**
 * One line of a till sale: one unit of an item, or a measured amount of it. Clover has no quantity field; two apples are
 * two lines.
 *
 * @param itemId null for a line typed in at the till
 * @param price of one unit, in minor units, without modifications
 * @param unitQuantity measured amount in thousandths of {@code unitName} (Clover: {@code unitQty}); null where nothing is measured
 * @param code what the till keeps as the product code of the line
 * @param refunded whether the till marked it as given back
 * @param exchanged whether another line took its place
 * @param fee a charge of the till's, no goods (Clover: {@code isOrderFee})
 */
public record SaleLine(String id, String itemId, String name, long price, Long unitQuantity, String unitName, String note,
        String code, boolean refunded, boolean exchanged, boolean fee, List<Modification> modifications,
        List<SaleDiscount> discounts, List<TaxRate> taxRates) {

    private static final long ONE = 1000;

    public SaleLine {
        modifications = List.copyOf(modifications);
        discounts = List.copyOf(discounts);
        taxRates = List.copyOf(taxRates);
    }

    /** Whether an amount was measured. A plain line may carry 1000 thousandths as well (seen at Clover), which is one piece. */
    public boolean measured() {
        return unitQuantity != null && (unitQuantity != ONE || unitName != null);
    }

    /** How many units of its item the line stands for. */
    public BigDecimal units() {
        return measured() ? BigDecimal.valueOf(unitQuantity, 3) : BigDecimal.ONE;
    }

    /** Something added to or changed about the item; {@code amount} in minor units, for each unit. */
    public record Modification(String id, String name, long amount) {}
}
