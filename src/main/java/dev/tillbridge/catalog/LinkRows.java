package dev.tillbridge.catalog;

import java.math.BigDecimal;

import io.vertx.mutiny.sqlclient.Row;

import dev.tillbridge.price.LeftAlone;

/** Reads the rows of {@link LinkListSql}. */
final class LinkRows {

    private LinkRows() {}

    /** @param priceRule the channel's, in words; empty where prices are copied */
    static LinkView variant(Row row, String priceRule) {
        var variant = new LinkView.VariantView(row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                row.getBoolean(6));
        return new LinkView(variant, item(row, 8), LinkStatus.of(row.getString(0)).orElseThrow(), row.getString(1),
                row.getLong(15), plain(row.getBigDecimal(16)), row.getLong(17), plain(row.getBigDecimal(18)),
                plain(row.getBigDecimal(13)),
                LinkView.MoneyView.of(row.getBigDecimal(7), row.getString(19)),
                LinkView.MoneyView.ofMinorUnits(row.getLong(14), row.getString(20)), price(row, priceRule));
    }

    static LinkView item(Row row, UniqueIdentifier identifier) {
        return new LinkView(null, item(row, 5), LinkStatus.TILL_ONLY, reason(row, identifier), null, null, null, null,
                plain(row.getBigDecimal(10)), null, LinkView.MoneyView.ofMinorUnits(row.getLong(11), row.getString(12)), null);
    }

    private static LinkView.PriceView price(Row row, String rule) {
        if (row.getString(8) == null) {
            return null;
        }
        return new LinkView.PriceView(rule.isEmpty() ? null : rule,
                LinkView.MoneyView.ofMinorUnits(row.getLong(21), row.getString(20)), priceReason(row));
    }

    private static String priceReason(Row row) {
        if (row.getString(22) != null) {
            return LeftAlone.of(row.getString(22)).text();
        }
        return row.getString(23) == null
                ? null
                : switch (row.getString(23)) {
                    case "REFUSED" -> "The till refused it, and is asked again later: " + row.getString(24);
                    case "UNKNOWN" -> "It was sent, and the till has not confirmed it yet";
                    default -> "It was set, and has been changed at the till since; it is set again later";
                };
    }

    private static LinkView.ItemView item(Row row, int at) {
        return row.getString(at) == null
                ? null
                : new LinkView.ItemView(row.getString(at), row.getString(at + 1), row.getString(at + 2), row.getString(at + 3),
                        PriceType.valueOf(row.getString(at + 4)));
    }

    private static String reason(Row row, UniqueIdentifier identifier) {
        String key = row.getString(0);
        if (key == null) {
            return "The item has no " + identifier.itemLabel();
        }
        long carriers = row.getLong(1);
        String what = identifier.variantLabel() + " \"" + key + "\"";
        if (carriers == 0) {
            return "No variant has the " + what;
        }
        if (carriers > 1) {
            return carriers + " variants have the " + what;
        }
        String variant = "\"" + row.getString(2) + "\" (" + row.getString(3) + ")";
        return row.getString(4) == null
                ? variant + " has the " + what + " but is linked to another item"
                : variant + ": " + row.getString(4);
    }

    /** 5 and 2.5 rather than 5.000 and 2.500, and never 5E+1. */
    static BigDecimal plain(BigDecimal number) {
        if (number == null) {
            return null;
        }
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
