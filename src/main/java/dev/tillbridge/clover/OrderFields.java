package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.tillbridge.channel.ConnectorException;

/**
 * Takes the fields of one order, or of a part of it, and refuses by name what cannot be used. Nothing is rounded, cut or
 * guessed: a sale that is not understood must not become an order of another amount.
 */
final class OrderFields {

    /** Ten thousand millions in most currencies: sums of these over all lines of an order stay far within a long. */
    private static final long MOST = 1_000_000_000_000L;
    /** The end of the year 9999. */
    private static final long LAST = 253_402_300_799_999L;
    /** Clover expands no more of a list than this (docs.clover.com/docs/expanding-fields). */
    static final int CUT = 100;

    private final String orderId;
    private final String part;

    OrderFields(String orderId) {
        this(orderId, "");
    }

    private OrderFields(String orderId, String part) {
        this.orderId = orderId;
        this.part = part;
    }

    /** Those of a part, such as of the line with this id. */
    OrderFields of(String kind, String id) {
        return new OrderFields(orderId, part + " " + kind + " " + id + ",");
    }

    /** Where a list only mentions an amount: null where it is none. */
    static Long shown(BigDecimal value) {
        return value == null || !whole(value) ? null : Long.valueOf(value.longValueExact());
    }

    /** Minor units, or another whole number; it must be there. */
    long number(String field, BigDecimal value) {
        if (!whole(required(field, value))) {
            throw unusable(field, "is no whole number of a size that can be reckoned with");
        }
        return value.longValueExact();
    }

    long numberOrZero(String field, BigDecimal value) {
        return value == null ? 0 : number(field, value);
    }

    Long numberOrNull(String field, BigDecimal value) {
        return value == null ? null : Long.valueOf(number(field, value));
    }

    long positive(String field, BigDecimal value) {
        long number = number(field, value);
        if (number < 0) {
            throw unusable(field, "is negative");
        }
        return number;
    }

    /** Whether price and quantity (thousandths) can be multiplied. */
    void product(String field, long price, long quantity) {
        BigInteger product = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity));
        if (product.bitLength() >= Long.SIZE || !whole(new BigDecimal(product.divide(BigInteger.valueOf(1000))))) {
            throw unusable(field, "is too large for the price");
        }
    }

    Instant time(String field, Long millis) {
        if (required(field, millis) < 0 || millis > LAST) {
            throw unusable(field, "is no time");
        }
        return Instant.ofEpochMilli(millis);
    }

    Instant timeOrNull(String field, Long millis) {
        return millis == null ? null : time(field, millis);
    }

    <T> T required(String field, T value) {
        if (value == null) {
            throw unusable(field, "is missing");
        }
        return value;
    }

    /** The elements of a list within the order. Where there is no list there are none. */
    <R> List<R> elements(String field, CloverWire.Elements<R> list) {
        if (list == null) {
            return List.of();
        }
        if (list.elements() == null || list.elements().stream().anyMatch(Objects::isNull)) {
            throw unusable(field, "lacks elements");
        }
        return List.copyOf(list.elements());
    }

    /** As {@link #elements}, where there is no way to read what Clover cut off. */
    <R> List<R> uncut(String field, CloverWire.Elements<R> list) {
        List<R> elements = elements(field, list);
        if (elements.size() >= CUT) {
            throw unusable(field, "holds " + CUT + " elements or more, of which Clover shows no more");
        }
        return elements;
    }

    ConnectorException unusable(String field, String why) {
        return new ConnectorException.Rejected("sale-unusable", 200, "Clover's order " + orderId + " cannot be used:" + part
                + " " + field + " " + why + ". Look at the order in Clover; it is read again when it changes there.");
    }

    /** Clover keeps an emptied field as "", and PostgreSQL takes no NUL. */
    static String text(String value) {
        String clean = value == null ? "" : value.replace("\0", "");
        return clean.isBlank() ? null : clean;
    }

    /** Whether it is a whole number within bounds; written so that a huge exponent costs nothing. */
    private static boolean whole(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 19 && value.abs().compareTo(BigDecimal.valueOf(MOST)) <= 0
                && value.stripTrailingZeros().scale() <= 0;
    }
}
