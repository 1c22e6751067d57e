package dev.tillbridge.sandbox.clover;

import java.util.Set;

/**
 * An app's webhook as it is set in the developer dashboard, and nowhere else (facts section 6).
 *
 * @param authCode sent as {@code X-Clover-Auth}, always the same; it signs nothing
 * @param keys of events that are told: O, P, I, IS, IA
 * @param merchants that have the app installed; empty for all
 * @param verificationCode that was posted, and has to be pasted back; null once that is done
 */
record CloverApp(String appId, String url, String authCode, Set<String> keys, Set<String> merchants, String verificationCode) {

    /** What the sandbox tells of. */
    static final Set<String> KEYS = Set.of("O", "P", "I", "IS", "IA");

    boolean verified() {
        return verificationCode == null;
    }

    boolean concerns(String merchantId) {
        return verified() && (merchants.isEmpty() || merchants.contains(merchantId));
    }

    CloverApp pastedBack() {
        return new CloverApp(appId, url, authCode, keys, merchants, null);
    }
}
