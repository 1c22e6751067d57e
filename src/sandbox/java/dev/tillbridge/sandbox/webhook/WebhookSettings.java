package dev.tillbridge.sandbox.webhook;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** What can be set about webhooks while they are sent. */
public final class WebhookSettings {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int GROUP_MS = 100;
    private static final int ANSWER_MS = 5_000;

    private final WebhookOptions options;
    private boolean local;
    private long retrySpanMs;
    private int groupMs;
    private int answerMs;

    WebhookSettings(WebhookOptions options) {
        this.options = options;
        reset();
    }

    void reset() {
        local = options.local();
        retrySpanMs = options.retrySpan().toMillis();
        groupMs = GROUP_MS;
        answerMs = ANSWER_MS;
    }

    /** Whether a webhook may go to this address: https, or http on this machine where that is allowed. */
    public boolean allows(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return uri.getHost() != null
                && (scheme.equals("https") || (scheme.equals("http") && local && THIS_MACHINE.contains(uri.getHost())));
    }

    public boolean local() {
        return local;
    }

    public void local(boolean allowed) {
        local = allowed;
    }

    /** Over how long the retries of one webhook are spread. */
    public long retrySpanMs() {
        return retrySpanMs;
    }

    public void retrySpanMs(long milliseconds) {
        retrySpanMs = milliseconds;
    }

    /** How long a receiver may take for its whole answer. */
    public int answerMs() {
        return answerMs;
    }

    public void answerMs(int milliseconds) {
        answerMs = milliseconds;
    }

    /** For how long Clover's events are gathered into one post. */
    public int groupMs() {
        return groupMs;
    }

    public void groupMs(int milliseconds) {
        groupMs = milliseconds;
    }
}
