package dev.tillbridge.sandbox.clover;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * The limits of one token or one app: requests within any second (a sliding window, the strictest reading) and requests at
 * once. Refused requests do not count towards the first. Only the limit on requests at once names a {@code retry-after}, and
 * calling before it has elapsed extends it. Clover: docs.clover.com/docs/api-usage-rate-limits.
 */
final class RateLimiter {

    private static final long SECOND = 1_000_000_000L;

    private final String header;
    private final int perSecond;
    private final int atOnce;
    private final Deque<Long> admitted = new ArrayDeque<>();
    private int underWay;
    private long pausedUntil;
    private boolean paused;

    private RateLimiter(String header, int perSecond, int atOnce) {
        this.header = header;
        this.perSecond = perSecond;
        this.atOnce = atOnce;
    }

    static RateLimiter ofToken() {
        return new RateLimiter("token", 16, 5);
    }

    static RateLimiter ofApp() {
        return new RateLimiter("crossToken", 50, 10);
    }

    /** The refusal of a request that comes now; empty if it may pass, which {@link #enter} then notes. */
    Optional<VendorAnswer> refusal(long nanos) {
        if (paused && nanos - pausedUntil < 0) {
            pausedUntil += SECOND;
            return Optional.of(tooManyAtOnce(nanos));
        }
        paused = false;
        if (underWay >= atOnce) {
            paused = true;
            pausedUntil = nanos + SECOND;
            return Optional.of(tooManyAtOnce(nanos));
        }
        while (!admitted.isEmpty() && nanos - admitted.peekFirst() >= SECOND) {
            admitted.removeFirst();
        }
        return admitted.size() >= perSecond
                ? Optional.of(tooMany().with("X-RateLimit-" + header + "Limit", String.valueOf(perSecond)))
                : Optional.empty();
    }

    void enter(long nanos) {
        admitted.addLast(nanos);
        underWay++;
    }

    void leave() {
        underWay--;
    }

    private VendorAnswer tooManyAtOnce(long nanos) {
        long seconds = Math.max(1, (pausedUntil - nanos + SECOND - 1) / SECOND);
        return tooMany().with("X-RateLimit-" + header + "ConcurrentLimit", String.valueOf(atOnce)).with("retry-after",
                String.valueOf(seconds));
    }

    static VendorAnswer tooMany() {
        return VendorAnswer.json(429, "{\"message\":\"429 Too Many Requests\"}");
    }
}
