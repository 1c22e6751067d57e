package dev.tillbridge.clover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.tillbridge.channel.TillNews;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.channel.WebhookRefused;

/**
 * The body of a post of Clover's (docs.clover.com/docs/webhooks):
 *
 * <pre>{"appId":"…","merchants":{"3D19QN31ANYR5":[{"objectId":"O:4ZK7QW1T2M3N4","type":"CREATE","ts":1511905411000}]}}</pre>
 *
 * or, once, {@code {"verificationCode":"<uuid>"}}.
 */
final class CloverPost {

    private static final JsonMapper JSON = new JsonMapper();
    /** Not in a label as they come: anybody who knows the code could make as many series. */
    private static final Pattern KEY = Pattern.compile("[A-Z]{1,2}");
    private static final String OTHER = "other";
    private static final int LONGEST_CODE = 100;
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z-]+");

    private final List<TillNews.Hint> hints = new ArrayList<>();
    private final Map<String, Integer> ignored = new TreeMap<>();

    private CloverPost() {}

    static TillNews read(byte[] body) {
        JsonNode root = json(body);
        if (root.path("verificationCode").isTextual()) {
            return new TillNews(code(root.path("verificationCode").asText()), List.of(), Map.of());
        }
        if (!root.path("merchants").isObject()) {
            throw malformed("has no 'merchants'");
        }
        var post = new CloverPost();
        root.path("merchants").properties().forEach(merchant -> post.read(merchant.getKey(), merchant.getValue()));
        return new TillNews(null, post.hints, post.ignored);
    }

    private static JsonNode json(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            // The parser's message quotes the body.
            throw malformed("is no JSON");
        }
        if (root == null || !root.isObject()) {
            throw malformed("is no JSON object");
        }
        return root;
    }

    private static String code(String text) {
        if (text.length() > LONGEST_CODE || !CODE.matcher(text).matches()) {
            throw malformed("has a verificationCode that is none of Clover's form");
        }
        return text;
    }

    private void read(String merchantId, JsonNode events) {
        // One merchant's that is none of Clover's form takes nothing from the others in the same post.
        if (!events.isArray() || !CloverId.fits(merchantId)) {
            ignored.merge(OTHER, Math.max(1, events.size()), Integer::sum);
            return;
        }
        events.forEach(event -> read(merchantId, event.path("objectId").asText()));
    }

    private void read(String merchantId, String objectId) {
        int colon = objectId.indexOf(':');
        var key = colon < 0 ? "" : objectId.substring(0, colon);
        var id = objectId.substring(colon + 1);
        var kind = kind(key);
        if (kind == null || !CloverId.fits(id)) {
            ignored.merge(kind == null && KEY.matcher(key).matches() ? key : OTHER, 1, Integer::sum);
        } else {
            hints.add(new TillNews.Hint(merchantId, new WebhookHint(kind, id)));
        }
    }

    /**
     * {@code I}, {@code IS} (stock) and {@code IA} (availability) are one resource: which of them fires for what is about to
     * change at Clover (docs.clover.com, upcoming changes to inventory webhooks).
     */
    private static WebhookHint.Kind kind(String key) {
        return switch (key) {
            case "O" -> WebhookHint.Kind.SALE;
            case "P" -> WebhookHint.Kind.PAYMENT;
            case "I", "IS", "IA" -> WebhookHint.Kind.ITEM;
            default -> null;
        };
    }

    private static WebhookRefused malformed(String what) {
        return new WebhookRefused(WebhookRefused.Reason.MALFORMED, "The body " + what + ", which Clover's posts are not like.");
    }
}
