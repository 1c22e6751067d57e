package dev.tillbridge.notification;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where people see what the API has at an address: notices are kept with the API's, which outlast any page. What no page shows keeps
 * the API's.
 */
final class DashboardAddress {

    /** The page of a part of the API, the first that fits; {@code CHANNEL} is the channel that is told of. */
    private static final Map<Pattern, String> PAGES = pages();

    private DashboardAddress() {}

    /** @param path of the API, with its query */
    static String of(String path, UUID channelId) {
        for (var page : PAGES.entrySet()) {
            var matcher = page.getKey().matcher(path);
            if (matcher.matches()) {
                return matcher.replaceFirst(page.getValue().replace("CHANNEL", channelId.toString()));
            }
        }
        return path;
    }

    private static Map<Pattern, String> pages() {
        Map<Pattern, String> pages = new LinkedHashMap<>();
        pages.put(Pattern.compile("/api/v1(/channels/[^/]+/(?:orders|runs)(?:[/?].*)?)"), "$1");
        pages.put(Pattern.compile("/api/v1(/channels/[^/]+)/links(.*)"), "$1/items$2");
        pages.put(Pattern.compile("/api/v1(/channels/[^/]+)/products.*"), "$1/items?status=unlinked");
        pages.put(Pattern.compile("/api/v1(/channels/[^/]+)/journal.*"), "$1/runs");
        pages.put(Pattern.compile("/api/v1/stores/[^/]+(/reconciliations/.+)"), "/channels/CHANNEL$1");
        pages.put(Pattern.compile("/api/v1/(?:channels|stores)/[^/]+"), "/connect");
        return pages;
    }
}
