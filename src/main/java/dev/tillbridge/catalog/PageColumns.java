package dev.tillbridge.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.tillbridge.platform.SqlTime;

/** A page's rows as the columns that {@code unnest} takes. */
final class PageColumns<T> {

    private final List<T> rows;

    PageColumns(List<T> rows) {
        this.rows = rows;
    }

    /** PostgreSQL's text holds no NUL; a vendor's must not stop the page it stands in. */
    String[] texts(Function<T, String> field) {
        return rows.stream().map(field).map(text -> text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", ""))
                .toArray(String[]::new);
    }

    /** As text: the driver's own numeric array loses nothing either, but makes an object of its own for each value. */
    String[] decimals(Function<T, BigDecimal> field) {
        return rows.stream().map(field).map(number -> number == null ? null : number.toPlainString()).toArray(String[]::new);
    }

    Long[] longs(Function<T, Long> field) {
        return rows.stream().map(field).toArray(Long[]::new);
    }

    Boolean[] booleans(Predicate<T> field) {
        return rows.stream().map(field::test).toArray(Boolean[]::new);
    }

    OffsetDateTime[] times(Function<T, Instant> field) {
        return rows.stream().map(field).map(SqlTime::of).toArray(OffsetDateTime[]::new);
    }
}
