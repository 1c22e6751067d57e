package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A collection that a product is in; it is known by its title alone, which gives its id.
 *
 * @param position among the product's collections
 */
record CollectionRow(int position, String title) {

    private static final long FIRST = 400_000_000_000L;

    static List<CollectionRow> of(List<String> titles) {
        return IntStream.range(0, titles.size()).mapToObj(at -> new CollectionRow(at, titles.get(at))).toList();
    }

    String gid() {
        return "gid://shopify/Collection/" + (FIRST + Integer.toUnsignedLong(title.hashCode()));
    }
}
