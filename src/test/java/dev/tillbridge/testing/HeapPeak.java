package dev.tillbridge.testing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's heap needed, told from its log of collections ({@code -Xlog:gc}), in MiB.
 *
 * @param used most in use when a collection began, garbage included
 * @param kept most in use when a collection ended; young collections leave old garbage, so the live objects are no more
 */
public record HeapPeak(int used, int kept) {

    private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");

    static HeapPeak of(List<String> gcLog) {
        int used = 0;
        int kept = 0;
        for (String line : gcLog) {
            Matcher collection = COLLECTION.matcher(line);
            if (collection.find()) {
                used = Math.max(used, Integer.parseInt(collection.group(1)));
                kept = Math.max(kept, Integer.parseInt(collection.group(2)));
            }
        }
        return new HeapPeak(used, kept);
    }
}
