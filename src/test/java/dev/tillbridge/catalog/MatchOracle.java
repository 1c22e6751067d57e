package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Matching as one would write it down first: lists, loops, no index. {@link LinkMatcher}'s SQL must come to the same end.
 * Keys are compared with Java's own {@code strip} after the blanks it does not know were made spaces.
 */
record MatchOracle(List<Side> variants, List<Side> items, Map<String, String> links, Set<List<String>> blocks) {

    /** A row of either side. */
    record Side(String id, String written, boolean gone) {

        String key() {
            if (written == null) {
                return null;
            }
            String stripped = written.replace('\u00A0', ' ').replace('\u200B', ' ').replace('\uFEFF', ' ').strip();
            if (stripped.isEmpty()) {
                return null;
            }
            return written.substring(written.indexOf(stripped.charAt(0)),
                    written.lastIndexOf(stripped.charAt(stripped.length() - 1)) + 1);
        }
    }

    /** Status, or {@code linked:<item>}, by variant; what is linked already is left out. */
    Map<String, String> decisions() {
        var decisions = new TreeMap<String, String>();
        for (Side variant : variants) {
            if (!variant.gone() && !links.containsKey(variant.id())) {
                decisions.put(variant.id(), decision(variant));
            }
        }
        return decisions;
    }

    private String decision(Side variant) {
        if (variant.key() == null) {
            return "unlinked";
        }
        var carriers = carriers(variants, variant.key());
        var counterparts = carriers(items, variant.key());
        if (carriers.size() > 1 || counterparts.size() > 1) {
            return "ambiguous";
        }
        if (counterparts.isEmpty()) {
            return "unlinked";
        }
        String item = counterparts.get(0);
        if (blocks.contains(List.of(variant.id(), item))) {
            return "blocked";
        }
        return links.containsValue(item) ? "unlinked" : "linked:" + item;
    }

    private static List<String> carriers(List<Side> side, String key) {
        var ids = new ArrayList<String>();
        for (Side row : side) {
            if (!row.gone() && key.equals(row.key())) {
                ids.add(row.id());
            }
        }
        return ids;
    }
}
