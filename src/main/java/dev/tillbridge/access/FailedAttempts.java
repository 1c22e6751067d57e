package dev.tillbridge.access;

import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

/**
 * Counts the wrong keys of each address: so many at once, then one more in each interval. It never holds back a key that
 * was right before, whatever others send from the same address, such as that of a proxy. Each replica counts for itself. Memory is
 * bounded: of more addresses or keys than it remembers it forgets those it heard of longest ago.
 */
@ApplicationScoped
class FailedAttempts {

    private static final Logger LOG = Logger.getLogger(FailedAttempts.class);
    private static final int ADDRESSES = 10_000;
    private static final int KEYS = 1_000;

    private final int atOnce;
    private final double intervalNanos;
    private final LongSupplier nanoTime;
    private final Map<ClientAddress, Allowance> allowances = lastUsed(ADDRESSES);
    private final Map<String, Boolean> right = lastUsed(KEYS);

    @Inject
    FailedAttempts(SignInConfig config) {
        this(config.wrongKeys(), config.oneMoreEvery(), System::nanoTime);
    }

    FailedAttempts(int atOnce, Duration interval, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** How long this key has to wait before it is looked at; empty where it need not. */
    synchronized Optional<Duration> wait(ClientAddress address, byte[] keyHash) {
        return right.get(text(keyHash)) != null ? Optional.empty() : wait(address);
    }

    /** How long the address has to wait before it may be wrong again. */
    synchronized Optional<Duration> wait(ClientAddress address) {
        var allowance = allowances.get(address);
        var left = allowance == null ? atOnce : allowance.left(nanoTime.getAsLong());
        return left >= 1 ? Optional.empty() : Optional.of(Duration.ofNanos((long) Math.ceil((1 - left) * intervalNanos)));
    }

    synchronized void wasWrong(ClientAddress address) {
        var now = nanoTime.getAsLong();
        var before = allowances.get(address);
        var left = Math.max(0, (before == null ? atOnce : before.left(now)) - 1);
        allowances.put(address, new Allowance(left, now));
        if (left < 1 && (before == null || before.left >= 1)) {
            LOG.warnf("%s sent %d wrong keys or tokens: it has to wait between further ones", address.text(), atOnce);
        }
    }

    synchronized void wasRight(byte[] keyHash) {
        right.put(text(keyHash), Boolean.TRUE);
    }

    /** How many addresses it remembers. */
    synchronized int addresses() {
        return allowances.size();
    }

    private static String text(byte[] keyHash) {
        return HexFormat.of().formatHex(keyHash);
    }

    private static <K, V> Map<K, V> lastUsed(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What an address may still send, as of a moment of the monotonic clock. */
    private final class Allowance {

        private final double left;
        private final long at;

        Allowance(double left, long at) {
            this.left = left;
            this.at = at;
        }

        double left(long now) {
            return Math.min(atOnce, left + (now - at) / intervalNanos);
        }
    }
}
