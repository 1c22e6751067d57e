package dev.tillbridge.clover;

/** A row of one of Clover's lists. */
interface CloverRow {

    String id();
}
