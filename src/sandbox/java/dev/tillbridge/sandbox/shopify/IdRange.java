package dev.tillbridge.sandbox.shopify;

/**
 * Ids of one type, in the order of creation. Real ids are 64-bit numbers that rise in steps of 32,768 (rec: products made one
 * after the other), so an id gives its place in a list without a map.
 */
record IdRange(String type, long first) {

    private static final long STEP = 32_768;

    long id(int slot) {
        return first + slot * STEP;
    }

    String gid(int slot) {
        return Gid.of(type, id(slot));
    }

    /** The place of an id; -1 if no such id can exist. */
    int slot(long id) {
        long distance = id - first;
        return distance < 0 || distance % STEP != 0 || distance / STEP > Integer.MAX_VALUE ? -1 : (int) (distance / STEP);
    }
}
