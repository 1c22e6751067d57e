package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;

import io.vertx.mutiny.sqlclient.Row;

/** Reads a row of {@link MatchSql#facts} as the facts the rule decides on. */
final class MatchFacts {

    private MatchFacts() {}

    static Matching.Facts read(Row row, UniqueIdentifier identifier) {
        String variantId = row.getString(0);
        String key = row.getString(1);
        List<Matching.Row> twins = rows(row, 3, 4, -1, -1, key);
        twins.removeIf(twin -> twin.id().equals(variantId));
        String[] refused = row.getArrayOfStrings(12);
        return new Matching.Facts(identifier, key, twins, row.getLong(2).intValue(), rows(row, 6, 7, 8, -1, key),
                row.getLong(5).intValue(), rows(row, 9, 10, -1, 11, key), refused == null ? List.of() : List.of(refused));
    }

    private static List<Matching.Row> rows(Row row, int ids, int names, int linked, int keys, String key) {
        List<Matching.Row> rows = new ArrayList<>();
        String[] id = row.getArrayOfStrings(ids);
        if (id != null) {
            String[] name = row.getArrayOfStrings(names);
            String[] linkedTo = linked < 0 ? null : row.getArrayOfStrings(linked);
            String[] own = keys < 0 ? null : row.getArrayOfStrings(keys);
            for (int at = 0; at < id.length; at++) {
                rows.add(new Matching.Row(id[at], name[at], own == null ? key : own[at],
                        linkedTo == null ? null : linkedTo[at]));
            }
        }
        return rows;
    }
}
