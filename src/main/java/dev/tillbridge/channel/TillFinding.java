package dev.tillbridge.channel;

import java.util.List;
import java.util.stream.Stream;

/**
 * What trying one of a till's permissions found out.
 *
 * @param permission the integration's key of it
 */
public record TillFinding(String permission, Finding finding) {

    /** What could not be told without changing something is unverified, never granted. */
    public enum Finding {
        GRANTED,
        MISSING,
        UNVERIFIED
    }

    static List<TillFinding> of(TillProbe probe) {
        return Stream.of(all(probe.granted(), Finding.GRANTED), all(probe.missing(), Finding.MISSING),
                all(probe.unverified(), Finding.UNVERIFIED)).flatMap(found -> found).toList();
    }

    private static Stream<TillFinding> all(List<String> permissions, Finding finding) {
        return permissions.stream().map(permission -> new TillFinding(permission, finding));
    }
}
