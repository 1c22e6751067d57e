package dev.tillbridge.catalog;

import java.math.BigDecimal;

import io.vertx.mutiny.sqlclient.Row;

/** Reads the rows of {@link LinkListSql}. */
final class LinkRows {

    private LinkRows() {}

    static LinkView variant(Row row) {
        var variant = new LinkView.VariantView(row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                row.getBoolean(6));
        return new LinkView(variant, item(row, 8), LinkStatus.of(row.getString(0)).orElseThrow(), row.getString(1),
                row.getLong(15), plain(row.getBigDecimal(16)), row.getLong(17), plain(row.getBigDecimal(18)),
                plain(row.getBigDecimal(13)),
                LinkView.MoneyView.of(row.getBigDecimal(7), row.getString(19)),
                LinkView.MoneyView.ofMinorUnits(row.getLong(14), row.getString(20)));
    }

    static LinkView item(Row row, UniqueIdentifier identifier) {
        return new LinkView(null, item(row, 5), LinkStatus.TILL_ONLY, reason(row, identifier), null, null, null, null,
                plain(row.getBigDecimal(10)), null, LinkView.MoneyView.ofMinorUnits(row.getLong(11), row.getString(12)));
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
    private static BigDecimal plain(BigDecimal number) {
        if (number == null) {
            return null;
        }
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
