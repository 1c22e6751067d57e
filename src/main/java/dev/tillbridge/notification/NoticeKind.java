package dev.tillbridge.notification;

/** What a notice is about; each kind is a section of the digest. */
public enum NoticeKind {

    /** A till sale waits for a person. */
    ORDER_HELD(Lasts.UNTIL_RESOLVED),
    /** A till sale could not be brought to the store so far; it is tried again. */
    ORDER_FAILED(Lasts.UNTIL_RESOLVED),
    /** The store refused to change its stock, or may have changed it: a person decides. */
    STOCK_REFUSED(Lasts.UNTIL_RESOLVED),
    /** What the store sent of a sale could not be written into the till's note. */
    SHIPMENT_FAILED(Lasts.UNTIL_RESOLVED),
    /** What became of a product on the till is unclear: a person must look. */
    PRODUCT_HELD(Lasts.UNTIL_RESOLVED),
    /** Comparing both sides whole found changes that had been missed, or differences that a person must see to. */
    RECONCILIATION(Lasts.UNTIL_RESOLVED),
    /** The store's webhooks have stopped: what changes is found later. */
    WEBHOOKS_SILENT(Lasts.UNTIL_RESOLVED),
    /** What the shop's platform demands, a customer's data request above all, waits for a person. */
    SHOP_DEMAND(Lasts.UNTIL_RESOLVED),
    /** A sale was in the store twice, and the younger order was cancelled. Told once; nobody has to resolve it. */
    ORDER_DOUBLE(Lasts.UNTIL_TOLD),
    /**
     * What was sold or is to be sold has no counterpart on the other side. Variants without link need no notice of their
     * own: the digest finds them.
     */
    ITEM_UNLINKED(Lasts.UNTIL_RESOLVED_WITHOUT_REMINDER);

    private final Lasts lasts;

    NoticeKind(Lasts lasts) {
        this.lasts = lasts;
    }

    /** Told again after the repeat delay for as long as it is open, even if it was not raised again. */
    boolean reminds() {
        return lasts == Lasts.UNTIL_RESOLVED;
    }

    /** Over once it was told. */
    boolean endsWhenTold() {
        return lasts == Lasts.UNTIL_TOLD;
    }

    private enum Lasts {
        UNTIL_RESOLVED,
        UNTIL_RESOLVED_WITHOUT_REMINDER,
        UNTIL_TOLD
    }
}
