package dev.tillbridge.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a digest says, in the words of a shop: no state of Tillbridge's has a name here. */
final class DigestWords {

    private static final String NEEDS = " needs you";
    private static final String NEED = " need you";

    private DigestWords() {}

    /** @param reminder nothing in it is new */
    static String subject(String channel, Map<NoticeKind, Long> counts, boolean reminder) {
        long orders = count(counts, NoticeKind.ORDER_HELD) + count(counts, NoticeKind.ORDER_FAILED);
        List<String> needy = new ArrayList<>();
        add(needy, orders, "order");
        add(needy, count(counts, NoticeKind.STOCK_REFUSED), "stock change");
        add(needy, count(counts, NoticeKind.SHIPMENT_FAILED), "shipment");
        add(needy, count(counts, NoticeKind.PRODUCT_HELD), "product to look at");
        add(needy, count(counts, NoticeKind.WEBHOOKS_SILENT), "connection");
        add(needy, count(counts, NoticeKind.SHOP_DEMAND), "request");
        long products = count(counts, NoticeKind.ITEM_UNLINKED);
        if (needy.isEmpty() && products > 0) {
            return number(products, "product") + " at " + channel + (products == 1 ? " is" : " are") + " not linked";
        }
        add(needy, products, "product");
        if (needy.isEmpty() && count(counts, NoticeKind.RECONCILIATION) > 0) {
            return "Till and shop differed at " + channel;
        }
        if (needy.isEmpty()) {
            long doubles = count(counts, NoticeKind.ORDER_DOUBLE);
            return number(doubles, "duplicate order") + " at " + channel + (doubles == 1 ? " was" : " were") + " cancelled";
        }
        boolean one = needy.size() == 1 && needy.get(0).startsWith("1 ");
        return (reminder ? "Still open: " : "") + listed(needy) + " at " + channel + (one ? NEEDS : NEED);
    }

    static String heading(NoticeKind kind, long count) {
        boolean one = count == 1;
        return switch (kind) {
            case ORDER_HELD -> number(count, "order") + (one ? " is" : " are") + " on hold";
            case ORDER_FAILED -> number(count, "order") + " could not be brought to your shop yet";
            case STOCK_REFUSED -> number(count, "stock change") + (one ? " is" : " are") + " in doubt";
            case SHIPMENT_FAILED -> number(count, "shipment") + (one ? " is" : " are") + " not on the till";
            case PRODUCT_HELD -> number(count, "product") + (one ? " is" : " are") + " not on the till as in your shop";
            case RECONCILIATION -> "Till and shop were compared, and did not agree in everything";
            case WEBHOOKS_SILENT -> "Messages of your shop do not arrive";
            case SHOP_DEMAND -> "Your shop's platform asks something of you";
            case ORDER_DOUBLE -> number(count, "order") + (one ? " was" : " were") + " in your shop twice";
            case ITEM_UNLINKED -> number(count, "product") + (one ? " is" : " are") + " not linked";
        };
    }

    static String why(NoticeKind kind) {
        return switch (kind) {
            case ORDER_HELD ->
                "These sales were made at the till, but they are not in your shop as they should be: something has to be "
                        + "put right or decided first. Each one says what.";
            case ORDER_FAILED ->
                "These sales were made at the till, and bringing them to your shop failed. They are tried again by "
                        + "themselves.";
            case STOCK_REFUSED ->
                "For these sales your shop's stock should have changed. Your shop refused the change, or never said "
                        + "whether it made it.";
            case SHIPMENT_FAILED ->
                "Your shop sent these sales, or changed how they are followed, and that could not be written into the note "
                        + "of the sale at the till. Each one says why.";
            case PRODUCT_HELD ->
                "Putting these products on the till, or keeping them as they are in your shop, does not go on by itself: the "
                        + "till refused it again and again, or shows more than one thing that it may have made. Each one says "
                        + "which.";
            case RECONCILIATION ->
                "Each night everything on both sides is compared. This is what should have been noticed before, or what "
                        + "cannot be put right without you.";
            case WEBHOOKS_SILENT ->
                "Your shop tells of each change at once, but no such message has come for longer than is usual. Changes are found "
                        + "by looking instead: nothing is lost, it takes longer.";
            case SHOP_DEMAND ->
                "By law a customer may ask what is kept of them, and a shop that left to be erased. Shopify passes that on.";
            case ORDER_DOUBLE ->
                "The same till sale had become two orders. The younger one was cancelled, the older one stands.";
            case ITEM_UNLINKED ->
                "No counterpart was found that is surely the same. Until there is one, stock is not kept in step, and a "
                        + "sale may have to wait.";
        };
    }

    static String advice(NoticeKind kind) {
        return switch (kind) {
            case ORDER_HELD ->
                "Put right what is named and send the order again, or dismiss it. An order that only waits for a link "
                        + "goes through by itself once the product is linked.";
            case ORDER_FAILED ->
                "Nothing for now, unless you know the reason. An order that keeps failing is put on hold, and you are told.";
            case STOCK_REFUSED ->
                "Compare the stock of what was sold in your shop, correct it there if it is wrong, then settle the order.";
            case SHIPMENT_FAILED ->
                "Put right what is named and send the order again, or write the shipment into the note at the till and "
                        + "dismiss it.";
            case PRODUCT_HELD ->
                "Put right what is named, delete at the till what is there twice, and have the product tried again.";
            case RECONCILIATION ->
                "Look into the report. What it calls a person's is yours to put right; the rest is done already.";
            case WEBHOOKS_SILENT ->
                "Ask whoever runs Tillbridge to see whether your shop reaches it. This ends by itself when a message comes.";
            case SHOP_DEMAND ->
                "Ask whoever runs Tillbridge to look at the list of demands, to answer within 30 days, and to say there that it is "
                        + "done.";
            case ORDER_DOUBLE -> "Make sure that nobody has packed, shipped or refunded the cancelled one.";
            case ITEM_UNLINKED ->
                "Give the product in your shop and the item at the till the same identifier, such as the SKU, or link "
                        + "them by hand.";
        };
    }

    /** The list that shows all of a kind, below a channel's address. */
    static String list(NoticeKind kind) {
        return switch (kind) {
            case ORDER_HELD -> "/orders?status=ATTENTION";
            case ORDER_FAILED -> "/orders?status=FAILED";
            case STOCK_REFUSED, SHIPMENT_FAILED -> "/orders?status=PROBLEM";
            case PRODUCT_HELD -> "/products?status=ATTENTION";
            case RECONCILIATION -> "/journal";
            case WEBHOOKS_SILENT, SHOP_DEMAND -> "";
            case ORDER_DOUBLE -> "/orders";
            case ITEM_UNLINKED -> "/links?status=unlinked";
        };
    }

    /** @return null where all are shown */
    static String more(long count, int shown) {
        if (shown == 0) {
            return "There is no room here to list them.";
        }
        return count > shown ? "and " + number(count - shown) + " more" : null;
    }

    static String number(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    private static String number(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    private static void add(List<String> parts, long count, String noun) {
        if (count > 0) {
            parts.add(number(count, noun));
        }
    }

    private static long count(Map<NoticeKind, Long> counts, NoticeKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    private static String listed(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
