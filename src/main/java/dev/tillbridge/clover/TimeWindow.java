package dev.tillbridge.clover;

import java.util.function.Function;

/**
 * From when until when a list is read, and by which of its times; epoch milliseconds.
 *
 * @param field Clover's name of it, such as {@code modifiedTime}
 * @param time a row's
 * @param since inclusive
 * @param until exclusive; null reads to the end
 */
record TimeWindow<R>(String field, Function<R, Long> time, long since, Long until) {}
